package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.fastpath.FastpathArg;
import org.postgresql.largeobject.LargeObjectManager;

/** PgJDBC's own interfaces, by cast and by unwrap, lead through the guard as JDBC's do. */
class PgViewsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("views", directory);
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
  void copyManager_ofACastConnection_isGuarded() throws Exception {
    CopyManager copies = new CopyManager((BaseConnection) connection);
    assertEquals(2, copies.copyIn("COPY notes (body) FROM STDIN", new StringReader("c1\nc2\n")));
    StringWriter out = new StringWriter();
    assertEquals(1, copies.copyOut("COPY (SELECT ssn FROM customers WHERE id = 1) TO STDOUT", out));
    assertEquals("*******0001\n", out.toString());
    StatementRefusedException refused =
        assertThrows(
            StatementRefusedException.class,
            () -> copies.copyOut("COPY notes TO '/tmp/notes'", new StringWriter()));
    assertEquals("guard.server-file", refused.rule().orElseThrow());
    assertEquals(1, database.logged("StatementDecided", "COPY notes (body) FROM STDIN").size());
  }

  @Test
  void copyIn_thatBringsAMask_tellsItsRefusalAtTheEnd() throws Exception {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    String shown = GuardedDatabase.first(connection, "SELECT pan FROM cards WHERE id = 1");
    CopyIn copy = copies.copyIn("COPY cards (id, customer_id, pan) FROM STDIN");
    byte[] row = ("900\t1\t" + shown + "\n").getBytes(StandardCharsets.UTF_8);
    assertThrows(
        StatementRefusedException.class,
        () -> {
          copy.writeToCopy(row, 0, row.length);
          copy.endCopy();
        });
    assertEquals("0", database.truth("SELECT count(*) FROM cards WHERE id = 900"));
  }

  @Test
  void ownStatementsOfPgJdbcsClasses_areDecidedOn() throws Exception {
    BaseConnection base = (BaseConnection) connection;
    try (ResultSet result = base.execSQLQuery("SELECT ssn FROM customers WHERE id = 1")) {
      assertTrue(result.next());
      assertEquals("*******0001", result.getString(1));
      assertTrue(result.getClass().getName().startsWith("io.pgguard."));
    }
    assertThrows(StatementRefusedException.class, () -> base.execSQLUpdate("DROP TABLE notes"));
    QueryExecutor executor = base.getQueryExecutor();
    SQLException refused =
        assertThrows(
            StatementRefusedException.class,
            () ->
                executor.execute(
                    executor.createSimpleQuery("DROP TABLE cards"),
                    null,
                    new Nothing(),
                    0,
                    0,
                    QueryExecutor.QUERY_ONESHOT));
    assertEquals("42501", refused.getSQLState());
    assertThrows(UnsupportedOperationException.class, executor::getCloseAction);
    assertThrows(UnsupportedOperationException.class, executor::close);
  }

  private static final class Nothing extends ResultHandlerBase {
    @Override
    public void handleWarning(SQLWarning warning) {
      // a refusal brings none
    }
  }

  @Test
  void executor_outsideOfARequiredScope_runsNothing() throws Exception {
    try (Connection scoped = database.connect(Map.of("guard.scope", "required"))) {
      BaseConnection base = (BaseConnection) scoped;
      assertThrows(SQLException.class, () -> base.execSQLUpdate("SELECT 1"));
      assertThrows(
          SQLException.class,
          () -> new CopyManager(base).copyOut("COPY notes TO STDOUT", new StringWriter()));
      QueryExecutor executor = base.getQueryExecutor();
      assertThrows(
          SQLException.class,
          () ->
              executor.execute(
                  executor.createSimpleQuery("SELECT 1"),
                  null,
                  new Nothing(),
                  0,
                  0,
                  QueryExecutor.QUERY_ONESHOT));
    }
  }

  @Test
  @SuppressWarnings("deprecation")
  void otherProtocols_areRefusedWhereTheyAreUsed() throws Exception {
    PGConnection pg = (PGConnection) connection;
    LargeObjectManager objects = pg.getLargeObjectAPI();
    Fastpath calls = pg.getFastpathAPI();
    connection.setAutoCommit(false);
    SQLException e = assertThrows(SQLFeatureNotSupportedException.class, () -> objects.open(1L));
    assertTrue(String.valueOf(e.getMessage()).contains("does not support large objects"));
    assertThrows(SQLFeatureNotSupportedException.class, objects::createLO);
    assertThrows(SQLFeatureNotSupportedException.class, () -> objects.unlink(1L));
    FastpathArg[] none = {};
    assertThrows(SQLFeatureNotSupportedException.class, () -> calls.fastpath("version", none));
    assertThrows(SQLFeatureNotSupportedException.class, () -> calls.fastpath(89, none));
    assertThrows(SQLFeatureNotSupportedException.class, () -> calls.fastpath(89, true, none));
    BaseConnection base = (BaseConnection) connection;
    QueryExecutor executor = base.getQueryExecutor();
    assertThrows(
        UnsupportedOperationException.class,
        () -> executor.fastpathCall(89, executor.createFastpathParameters(0), false));
    assertThrows(UnsupportedOperationException.class, executor::getReplicationProtocol);
    assertThrows(UnsupportedOperationException.class, base::getReplicationProtocol);
    connection.rollback();
    assertThrows(UnsupportedOperationException.class, pg::getReplicationAPI);
    assertThrows(
        SQLFeatureNotSupportedException.class,
        () -> pg.alterUserPassword("postgres", "x".toCharArray(), null));
    assertThrows(
        UnsupportedOperationException.class, () -> pg.addDataType("t", "java.lang.String"));
  }

  @Test
  void statements_areViewsOfTheirOwn() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      PGStatement pg = statement.unwrap(PGStatement.class);
      assertInstanceOf(PGStatement.class, statement);
      pg.setPrepareThreshold(1);
      assertTrue(pg.isUseServerPrepare());
      statement.setInt(1, 7);
      assertEquals("SELECT ('7'::int4)", statement.toString());
      try (ResultSet result = statement.executeQuery()) {
        assertTrue(result.next());
        assertEquals(7, result.getInt(1));
      }
    }
  }

  @Test
  void urlOfTheMetadata_isTheGuardedOneWithoutSecrets() throws Exception {
    String url = connection.getMetaData().getURL();
    assertEquals(database.url(), url);
    assertFalse(url.contains("agent-secret"));
  }

  /** PgJDBC reads a refcursor by a FETCH of its own when its value is asked for. */
  @Test
  void refcursor_thatMayNotBeFetched_isToldAsARefusal(@TempDir Path own) throws Exception {
    try (GuardedDatabase narrow = new GuardedDatabase("narrow", own)) {
      narrow.policy(GuardedDatabase.POLICY.replace("cursor, ", ""));
      try (Connection strict = narrow.connect()) {
        strict.setAutoCommit(false);
        try (PreparedStatement statement = strict.prepareStatement("SELECT open_notes()");
            ResultSet result = statement.executeQuery()) {
          assertTrue(result.next());
          assertThrows(StatementRefusedException.class, () -> result.getObject(1));
        }
        strict.rollback();
      }
    }
  }
}
