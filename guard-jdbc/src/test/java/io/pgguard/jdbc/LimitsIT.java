package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A limit of rows, and of the length of a value, holds whichever way a row leaves. */
class LimitsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("limits", directory);
    database.policy(
        GuardedDatabase.POLICY
            .replace(
                "detectors: { enabled: [credit-card, us-ssn, email], on: text-columns, mask: redact }",
                "")
            .replace("maxRows: 40", "maxRows: 10")
            .replace("statementTime: 1s", "valueBytes: 20"));
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

  /** Reads every row of every result; how many there were. */
  private int rows(String texts) throws SQLException {
    int rows = 0;
    for (String text : texts.split("; ")) {
      rows += rowsOf(text);
    }
    return rows;
  }

  private int rowsOf(String sql) throws SQLException {
    int rows = 0;
    try (Statement statement = connection.createStatement()) {
      boolean result = statement.execute(sql);
      while (result || statement.getUpdateCount() >= 0) {
        if (result) {
          try (ResultSet rowSet = statement.getResultSet()) {
            while (rowSet.next()) {
              rows++;
            }
          }
        }
        result = statement.getMoreResults();
      }
    }
    return rows;
  }

  private String copied(String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
    } catch (SQLException e) {
      return out.toString(StandardCharsets.ISO_8859_1) + "!" + e.getMessage();
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private void assertTooLong(SQLException refused) {
    assertEquals("54000", refused.getSQLState());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("longer than 20 bytes"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'abcdefghijklmnopqrstu'",
        "SELECT 1, repeat('x', 30), 2",
        "SHOW server_encoding; SELECT repeat('x', 21)",
        "VALUES ('short'), ('abcdefghijklmnopqrstu')",
        "INSERT INTO notes (body) VALUES (repeat('x', 30)) RETURNING body",
        "UPDATE notes SET body = repeat('y', 30) WHERE id = -1; SELECT repeat('x', 30)",
        "PREPARE p AS SELECT repeat('x', 30); EXECUTE p",
        "BEGIN; DECLARE c CURSOR FOR SELECT repeat('x', 30); FETCH c",
        "EXPLAIN SELECT * FROM customers WHERE city = 'a very long name of a city'",
        "SELECT ARRAY['abcdefgh', 'abcdefgh', 'abcdefgh']",
        "SELECT decode('000102030405060708090a0b0c0d0e0f', 'hex')"
      })
  void valueThatIsTooLong_doesNotPass(String sql) {
    assertTooLong(assertThrows(SQLException.class, () -> rows(sql)));
  }

  @Test
  void valueThatIsTooLong_doesNotPassInBinary() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ARRAY[1, 2, ?::int], ?::numeric")) {
      for (int run = 0; run < 7; run++) { // the driver goes over to binary results meanwhile
        statement.setInt(1, 3);
        statement.setBigDecimal(2, new java.math.BigDecimal("1234567890123456789012345"));
        assertTooLong(assertThrows(SQLException.class, statement::executeQuery));
      }
    }
  }

  @Test
  void valuesUpToTheLimit_pass() throws Exception {
    assertEquals(1, rows("SELECT 'abcdefghijklmnopqrst', NULL, repeat('x', 20)"));
    String long20 = "abcdefghijklmnopqrst\n";
    assertEquals(long20, copied("COPY (SELECT 'abcdefghijklmnopqrst') TO STDOUT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (VALUES ('short'), ('abcdefghijklmnopqrstu'), ('behind')) TO STDOUT",
        "COPY (VALUES ('short'), ('abcdefghijklmnopqrstu'), ('behind')) TO STDOUT (FORMAT csv)",
        "COPY (VALUES ('short'), ('abcdefghijklmnopqrstu'), ('behind')) TO STDOUT (FORMAT binary)"
      })
  void valueThatIsTooLong_doesNotPassByCopy(String sql) throws Exception {
    String data = copied(sql);
    assertTrue(data.contains("short"), data);
    assertTrue(!data.contains("abcde") && !data.contains("behind"), data);
    assertTrue(data.contains("longer than 20 bytes"), data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 'row' || n FROM generate_series(1, 12) n) TO STDOUT",
        "COPY (SELECT 'row' || n FROM generate_series(1, 12) n) TO STDOUT (FORMAT csv, HEADER)",
        "COPY (SELECT 'row' || n FROM generate_series(1, 12) n) TO STDOUT (FORMAT binary)"
      })
  void rowsOverTheLimit_doNotPassByCopy(String sql) throws Exception {
    String data = copied(sql);
    assertTrue(data.contains("row10") && !data.contains("row11"), data);
    assertTrue(data.contains("more than 10 rows"), data);
    assertTrue(!copied(sql.replace("12", "10")).contains("!"));
  }

  @Test
  void copyWhoseRowsCannotBeToldApart_refused() throws Exception {
    String data = copied("COPY (SELECT 1, 2) TO STDOUT (ENCODING 'LATIN1')");
    assertTrue(data.contains("cannot be told apart"), data);
  }

  @Test
  void rowsOfOneCursor_countOverAllItsFetches() throws Exception {
    connection.setAutoCommit(false);
    assertEquals(0, rows("DECLARE c SCROLL CURSOR FOR SELECT id FROM orders"));
    assertEquals(6, rows("FETCH 6 FROM c"));
    assertEquals(0, rows("MOVE 3 FROM c"));
    assertEquals(4, rows("FETCH BACKWARD 4 FROM c"));
    SQLException refused = assertThrows(SQLException.class, () -> rows("FETCH 1 FROM c"));
    assertTrue(String.valueOf(refused.getMessage()).contains("more than 10 rows"));
    connection.rollback();
    rows("DECLARE c CURSOR FOR SELECT id FROM orders");
    assertEquals(10, rows("FETCH 10 FROM c"), "a cursor of its own");
    connection.rollback();
  }

  @Test
  void rowsOfAPortalInPieces_countTogether() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(4);
      try (ResultSet result = statement.executeQuery("SELECT id FROM orders")) {
        int seen = 0;
        SQLException refused = null;
        while (refused == null) {
          try {
            assertTrue(result.next());
            seen++;
          } catch (SQLException e) {
            refused = e;
          }
        }
        assertTrue(seen >= 8 && seen <= 10, seen + " rows of pieces of four");
        assertTrue(String.valueOf(refused.getMessage()).contains("more than 10 rows"));
      }
    }
    connection.rollback();
  }

  @Test
  void rowsOfAPreparedStatement_areBoundedByItsOwnRule() throws Exception {
    rows("PREPARE many AS SELECT id FROM orders");
    assertThrows(SQLException.class, () -> rows("EXECUTE many"));
  }
}
