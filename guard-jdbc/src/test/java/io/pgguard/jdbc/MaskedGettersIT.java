package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every getter returns the masked value. */
class MaskedGettersIT {
  private static final String MASKED = "*******0001";
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("getters", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @Test
  void everyTextGetter_masked() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT ssn FROM customers WHERE id = 1")) {
      assertTrue(row.next());
      assertEquals(MASKED, row.getString(1));
      assertEquals(MASKED, row.getString("ssn"));
      assertEquals(MASKED, row.getObject(1));
      assertEquals(MASKED, row.getObject("ssn"));
      assertEquals(MASKED, row.getObject(1, String.class));
      assertEquals(MASKED, row.getObject("ssn", String.class));
      assertEquals(MASKED, row.getObject(1, Map.of()));
      assertEquals(MASKED, new String(row.getBytes(1), StandardCharsets.UTF_8));
      assertEquals(MASKED, text(row.getAsciiStream(1)));
      assertEquals(MASKED, text(row.getBinaryStream(1)));
      assertEquals(MASKED, text(row.getCharacterStream(1)));
    }
  }

  private static String text(InputStream in) throws Exception {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String text(Reader in) throws Exception {
    char[] read = new char[100];
    return new String(read, 0, in.read(read));
  }

  /** By reflection, so that a getter which nobody thought of is asked too. */
  @Test
  void everyGetterOfEveryProtectedColumn_hasNoClearValue() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT c.ssn, c.email, c.phones, c.born, c.card, e.salary FROM customers c, employees e"
                    + " WHERE c.id = 1 AND e.id = 1")) {
      assertTrue(row.next());
      int answered = 0;
      for (Method getter : ResultSet.class.getMethods()) {
        if (getter.getName().startsWith("get")
            && getter.getParameterCount() == 1
            && getter.getParameterTypes()[0] == int.class) {
          for (int column = 1; column <= 6; column++) {
            answered += ask(getter, row, column);
          }
        }
      }
      assertTrue(answered > 30, "only " + answered + " getters answered");
    }
  }

  private static int ask(Method getter, ResultSet row, int column) throws Exception {
    Object value;
    try {
      value = getter.invoke(row, column);
    } catch (InvocationTargetException e) {
      // PgJDBC's parsers of dates throw others too for a text that is no date
      clean(getter, String.valueOf(e.getCause()));
      return 0;
    }
    if (value instanceof InputStream in) {
      value = text(in);
    } else if (value instanceof Reader in) {
      value = text(in);
    } else if (value instanceof SQLXML xml) {
      value = xml.getString();
    } else if (value instanceof byte[] bytes) {
      value = new String(bytes, StandardCharsets.UTF_8);
    }
    clean(getter, String.valueOf(value));
    return 1;
  }

  private static void clean(Method getter, String seen) {
    for (String secret :
        new String[] {
          GuardedDatabase.SSN, "901-02", "ada@", "555-", "1980", "<pin>", "771", "40001"
        }) {
      assertFalse(seen.contains(secret), getter + " gave " + seen);
    }
  }

  @Test
  void arraysXmlDatesAndNumbers_maskedInTheirType() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT phones, born, card FROM customers WHERE id = 1")) {
      assertTrue(row.next());
      Array phones = row.getArray(1);
      for (Object phone : (Object[]) phones.getArray()) {
        assertFalse(phone.toString().contains("555"), phone.toString());
      }
      try (ResultSet elements = phones.getResultSet()) {
        while (elements.next()) {
          assertFalse(elements.getString(2).contains("555"), elements.getString(2));
        }
      }
      assertNull(row.getDate(2));
      assertNull(row.getObject(2, LocalDate.class));
      SQLXML card = row.getSQLXML(3);
      assertFalse(card != null && card.getString().contains("771"));
    }
  }

  @Test
  void nullMask_readsAsNullFromEveryNumberGetter() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT salary FROM employees WHERE id = ?")) {
      for (int i = 1; i <= 12; i++) { // binary results from the fifth run on
        statement.setInt(1, i);
        try (ResultSet row = statement.executeQuery()) {
          assertTrue(row.next());
          assertEquals(0, row.getInt(1));
          assertTrue(row.wasNull());
          assertEquals(0L, row.getLong(1));
          assertEquals(0.0, row.getDouble(1));
          assertNull(row.getBigDecimal(1));
          assertNull(row.getObject(1, Integer.class));
        }
      }
    }
  }

  @Test
  void preparedBeyondTheThreshold_maskedEachTime() throws Exception {
    try (Connection connection = database.connect(Map.of("prepareThreshold", "1"));
        PreparedStatement statement =
            connection.prepareStatement("SELECT ssn, phones, id FROM customers WHERE id = ?")) {
      for (int i = 1; i <= 12; i++) {
        statement.setInt(1, i);
        try (ResultSet row = statement.executeQuery()) {
          assertTrue(row.next());
          assertEquals("*******%04d".formatted(i), row.getString(1));
          assertFalse(row.getArray(2).toString().contains("555"));
          assertEquals(i, row.getInt(3));
        }
      }
    }
  }

  @Test
  void binaryTransfer_masked() throws Exception {
    Map<String, String> properties =
        Map.of("prepareThreshold", "-1", "binaryTransferEnable", "TEXT,DATE,INT4,TEXT_ARRAY");
    try (Connection connection = database.connect(properties);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT c.ssn, c.born, e.salary, c.phones, c.id FROM customers c JOIN employees e"
                    + " ON e.id = c.id WHERE c.id = 1")) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet row = statement.executeQuery()) {
          assertTrue(row.next());
          assertEquals(MASKED, row.getString(1));
          assertNull(row.getDate(2));
          assertNull(row.getObject(3));
          assertFalse(row.getArray(4).toString().contains("555"));
          assertEquals(1, row.getInt(5));
        }
      }
    }
  }

  @Test
  void fetchSize_maskedInEveryPortion() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT ssn FROM customers ORDER BY id LIMIT 30")) {
        statement.setFetchSize(7);
        try (ResultSet row = statement.executeQuery()) {
          int rows = 0;
          while (row.next()) {
            rows++;
            assertEquals("*******%04d".formatted(rows), row.getString(1));
          }
          assertEquals(30, rows);
        }
      }
      connection.commit();
    }
  }

  @Test
  void groupThatMaySee_seesClear() throws Exception {
    try (Connection connection = database.connect(Map.of("guard.groups", "audit, compliance"))) {
      assertEquals(
          GuardedDatabase.SSN,
          GuardedDatabase.first(connection, "SELECT ssn FROM customers WHERE id = 1"));
      assertEquals(
          "555-0001",
          GuardedDatabase.first(connection, "SELECT phones[1] FROM customers WHERE id = 1"));
    }
  }
}
