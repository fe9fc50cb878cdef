package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.sql.Wrapper;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;

/** No door of JDBC leads to an object that goes round the guard. */
class SideDoorsIT {
  /** What of PgJDBC may be handed out: plain values and descriptions that hold no connection. */
  private static final Set<String> HARMLESS =
      Set.of(
          "org.postgresql.jdbc.PgResultSetMetaData",
          "org.postgresql.jdbc.PgParameterMetaData",
          "org.postgresql.jdbc.PgSQLXML",
          "org.postgresql.jdbc.PSQLSavepoint",
          "org.postgresql.core.Encoding",
          "org.postgresql.jdbc.TypeInfoCache",
          "org.postgresql.jdbc.TimestampUtils",
          "org.postgresql.util.LruCache",
          "org.postgresql.xml.DefaultPGXmlFactoryFactory",
          "org.postgresql.copy.CopyManager",
          "org.postgresql.largeobject.LargeObjectManager",
          "org.postgresql.core.ProtocolVersion",
          "org.postgresql.util.HostSpec",
          "sun.util.calendar.ZoneInfo",
          "java.sql.SQLWarning");

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("doors", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  @Test
  void everyZeroArgumentMethod_returnsOursOrHarmless() throws Exception {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT ? + 1");
        ResultSet result = statement.executeQuery("SELECT phones FROM customers WHERE id = 1")) {
      prepared.setInt(1, 1);
      assertTrue(result.next());
      walk(result.getArray(1), Array.class);
      walk(result, ResultSet.class);
      walk(statement, Statement.class);
      walk(prepared, PreparedStatement.class);
      walk(connection, Connection.class);
      walk(connection.getMetaData(), DatabaseMetaData.class);
      walk(connection, BaseConnection.class);
      walk(statement, PGStatement.class);
      walk(((BaseConnection) connection).getQueryExecutor(), QueryExecutor.class);
    }
  }

  private static void walk(Object guarded, Class<?> type) throws Exception {
    for (Method method : type.getMethods()) {
      boolean asked = method.getParameterCount() == 0 && !method.getReturnType().isPrimitive();
      if (asked && !Set.of("close", "abort").contains(method.getName())) {
        Object answer;
        try {
          answer = method.invoke(guarded);
        } catch (InvocationTargetException e) {
          continue; // refused, or not in a state for it
        }
        if (answer != null) {
          ours(method, answer);
        }
      }
    }
  }

  private static void ours(Method method, Object answer) {
    Class<?> type = answer.getClass();
    boolean harmless =
        type.getName().startsWith("io.pgguard.")
            || java.lang.reflect.Proxy.isProxyClass(type)
            || type.isArray()
            || HARMLESS.contains(type.getName())
            || type.getName().startsWith("java.util.")
            || type.getName().startsWith("java.lang.")
            || type.isEnum();
    assertTrue(harmless, method + " returned " + type);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {PgConnection.class, BaseStatement.class, PgStatement.class, PgResultSet.class})
  void unwrap_handsOutNothingRaw(Class<?> raw) throws Exception {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT 1");
        ResultSet result = prepared.executeQuery()) {
      Wrapper[] all = {connection, statement, prepared, result, connection.getMetaData()};
      for (Wrapper one : all) {
        SQLException e = assertThrows(SQLException.class, () -> one.unwrap(raw));
        assertTrue(
            String.valueOf(e.getMessage()).startsWith("Guard does not hand out "), e.getMessage());
        assertFalse(one.isWrapperFor(raw));
      }
    }
  }

  @Test
  void unwrap_toWhatItIs_isItself() throws Exception {
    assertSame(connection, connection.unwrap(Connection.class));
    assertTrue(connection.isWrapperFor(Connection.class));
    assertTrue(connection.isWrapperFor(PGConnection.class));
    assertSame(connection, connection.unwrap(PGConnection.class));
    assertSame(connection, connection.unwrap(BaseConnection.class));
  }

  @Test
  void waysBack_leadToTheGuardedConnection() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      assertSame(connection, statement.getConnection());
      assertSame(statement, result.getStatement());
      assertSame(connection, connection.getMetaData().getConnection());
      try (ResultSet tables = connection.getMetaData().getTables(null, null, "notes", null)) {
        Statement behind = tables.getStatement();
        assertTrue(behind == null || behind.getConnection() == connection);
        assertTrue(tables.next());
      }
    }
  }

  @Test
  void arrayResultSet_isGuarded() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT ARRAY[1, 2]")) {
      assertTrue(result.next());
      for (ResultSet elements :
          new ResultSet[] {
            result.getArray(1).getResultSet(),
            ((Array) result.getObject(1)).getResultSet(),
            result.getObject(1, Array.class).getResultSet(),
            result.getArray(1).getResultSet(1, 1)
          }) {
        assertTrue(elements.getClass().getName().startsWith("io.pgguard."));
        assertTrue(elements.getStatement() == null || elements.getStatement() instanceof Statement);
        assertThrows(SQLException.class, () -> elements.unwrap(BaseStatement.class));
      }
    }
  }

  @Test
  void refcursor_ofProtectedRows_showsNoValue() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery("SELECT open_customers()")) {
      assertTrue(cursor.next());
      try (ResultSet rows = (ResultSet) cursor.getObject(1)) {
        assertTrue(rows.getClass().getName().startsWith("io.pgguard."));
        while (rows.next()) {
          assertFalse(rows.getString(1).contains("901-02"), rows.getString(1));
        }
      }
    } catch (SQLException e) {
      assertEquals("54000", e.getSQLState(), e.getMessage()); // it brings more than the policy lets
      assertFalse(String.valueOf(e.getMessage()).contains("901-02"));
    }
    connection.rollback();
  }

  @Test
  void refcursor_byNumericType_staysGuarded() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery("SELECT open_notes()")) {
      assertTrue(cursor.next());
      assertEquals(Types.REF_CURSOR, cursor.getMetaData().getColumnType(1));
      Object value;
      try {
        value = cursor.getObject(1, ResultSet.class);
      } catch (SQLException e) {
        value = null; // PgJDBC does not convert it
      }
      assertTrue(value == null || value.getClass().getName().startsWith("io.pgguard."));
    }
    connection.rollback();
  }

  @Test
  void changesThroughAResult_areStatements() throws Exception {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet result =
            statement.executeQuery("SELECT id, name, salary FROM employees WHERE id = 1")) {
      assertTrue(result.next());
      result.updateString(2, "changed");
      result.updateRow();
      result.refreshRow();
      assertEquals("changed", result.getString("name"));
      assertNull(result.getObject("salary"));
    }
    assertEquals("40001", database.truth("SELECT salary FROM employees WHERE name = 'changed'"));
    assertFalse(database.logged("StatementDecided", "UPDATE", "employees").isEmpty());
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet result =
            statement.executeQuery("SELECT id, status FROM orders WHERE id IN (1, 2)")) {
      assertTrue(result.next());
      result.updateString("status", "paid");
      SQLException waits = assertThrows(SQLException.class, result::updateRow);
      assertEquals("42501", waits.getSQLState(), waits.getMessage()); // the policy asks people
      assertThrows(
          SQLFeatureNotSupportedException.class,
          () -> result.updateBlob("status", java.io.InputStream.nullInputStream()));
    }
    assertEquals("new", database.truth("SELECT status FROM orders WHERE id = 1"));
  }

  /** Whoever writes back what a mask gave would destroy the value. */
  @Test
  void maskedValue_writtenBackThroughAResult_leavesWhatIsStored() throws Exception {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet result =
            statement.executeQuery("SELECT id, name, email FROM customers WHERE id = 1")) {
      assertTrue(result.next());
      result.updateString("email", result.getString("email"));
      result.updateString("name", "Renamed");
      result.updateRow();
    }
    assertEquals(
        GuardedDatabase.EMAIL + " Renamed",
        database.truth("SELECT email || ' ' || name FROM customers WHERE id = 1"));
    database
        .postgres()
        .execute(database.database(), "UPDATE customers SET name = 'Customer 1' WHERE id = 1");
  }

  @Test
  void calls_areStatementsThatAreMaskedAndDecided() throws Exception {
    try (CallableStatement call = connection.prepareCall("{? = call lower(?)}")) {
      call.registerOutParameter(1, Types.VARCHAR);
      call.setString(2, "ABC");
      call.execute();
      assertEquals("abc", call.getString(1));
      assertEquals("abc", call.getObject(1));
      assertThrows(SQLFeatureNotSupportedException.class, () -> call.getBlob(1));
    }
    try (CallableStatement call = connection.prepareCall("{? = call pg_read_file(?)}")) {
      call.registerOutParameter(1, Types.VARCHAR);
      call.setString(2, "postgresql.conf");
      SQLException refused = assertThrows(SQLException.class, call::execute);
      assertEquals("42501", refused.getSQLState(), refused.getMessage());
    }
    connection.setAutoCommit(false);
    try (CallableStatement call = connection.prepareCall("{? = call open_customers()}")) {
      call.registerOutParameter(1, Types.OTHER);
      call.execute();
      ResultSet rows = assertInstanceOf(ResultSet.class, call.getObject(1));
      assertTrue(rows.getClass().getName().startsWith("io.pgguard."));
      while (rows.next()) {
        assertFalse(String.valueOf(rows.getString(1)).contains("901-02"), rows.getString(1));
      }
    } catch (SQLException e) {
      assertEquals("54000", e.getSQLState(), e.getMessage()); // it brings more than the policy lets
      assertFalse(String.valueOf(e.getMessage()).contains("901-02"));
    }
    connection.rollback();
  }

  @Test
  void largeObjects_areRefusedInWords() throws Exception {
    SQLException e = assertThrows(SQLException.class, connection::createBlob);
    assertTrue(String.valueOf(e.getMessage()).contains("Guard does not support large objects"));
    assertThrows(SQLFeatureNotSupportedException.class, connection::createClob);
    assertThrows(
        SQLFeatureNotSupportedException.class, () -> connection.createStruct("t", new Object[0]));
  }
}
