package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Free text that holds a card number does not leave, whichever way and format it takes. */
class DetectorFormatsIT {
  private static final String CARD = "4000009120000016";
  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("formats", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "INSERT INTO notes (body) VALUES ('call me'), ('pay by " + CARD + " please')",
            "CREATE TYPE remark AS (id int, body text)",
            "CREATE TABLE remarks (id int, one remark, many remark[], words text[], doc jsonb)",
            "INSERT INTO remarks SELECT id, ROW(id, body)::remark, ARRAY[ROW(id, body)::remark],"
                + " ARRAY['x', body], jsonb_build_object('b', body, 'n', "
                + CARD
                + ") FROM notes",
            "GRANT ALL ON remarks TO " + database.agent());
    connection = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  private static String copied(String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, body FROM notes",
        "SELECT id, upper(body) FROM notes",
        "SELECT * FROM remarks",
        "SELECT id, one, many, words FROM remarks",
        "SELECT id, ROW(id, one, words), jsonb_agg(doc) OVER () FROM remarks",
        "TABLE notes"
      })
  void cardNumber_doesNotLeaveByCopy(String query) throws Exception {
    for (String format : new String[] {"text", "csv", "binary"}) {
      String data = copied("COPY (" + query + ") TO STDOUT (FORMAT " + format + ")");
      assertFalse(data.contains(CARD), format + ": " + data);
      assertTrue(data.toLowerCase(java.util.Locale.ROOT).contains("call me"), format + ": " + data);
    }
  }

  @Test
  void cardNumber_doesNotLeaveByCopyOfATable() throws Exception {
    for (String format : new String[] {"text", "csv", "binary"}) {
      String data = copied("COPY remarks TO STDOUT (FORMAT " + format + ")");
      assertFalse(data.contains(CARD), format + ": " + data);
    }
  }

  @Test
  void binaryCopyWithFinds_isTakenBackByTheServer() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE back (id int, words text[], doc jsonb)");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY (SELECT id, words, doc FROM remarks) TO STDOUT (FORMAT binary)", out);
    try (Connection direct = database.direct();
        Statement statement = direct.createStatement()) {
      statement.execute("CREATE TEMP TABLE back (id int, words text[], doc jsonb)");
      direct
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY back FROM STDIN (FORMAT binary)",
              new java.io.ByteArrayInputStream(out.toByteArray()));
      assertEquals(
          "{x,\"pay by [redacted] please\"}",
          GuardedDatabase.first(direct, "SELECT words FROM back WHERE words[2] LIKE 'pay%'"));
      assertEquals(
          "[redacted]", GuardedDatabase.first(direct, "SELECT doc->>'n' FROM back LIMIT 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT body FROM notes WHERE id = ?",
        "SELECT ARRAY[body, 'x'] FROM notes WHERE id = ?",
        "SELECT one FROM remarks WHERE id = ?",
        "SELECT many FROM remarks WHERE id = ?",
        "SELECT doc FROM remarks WHERE id = ?",
        "SELECT ROW(id, body) FROM notes WHERE id = ?"
      })
  void cardNumber_doesNotLeaveInRows(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int run = 0; run < 7; run++) { // the driver goes over to binary results meanwhile
        statement.setInt(1, 2);
        try (ResultSet result = statement.executeQuery()) {
          assertTrue(result.next());
          assertFalse(String.valueOf(result.getString(1)).contains(CARD), sql);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT body::int FROM notes WHERE id = 2",
        "SELECT body::date FROM notes WHERE id = 2",
        "INSERT INTO keyed SELECT body FROM notes WHERE id = 2",
        "SELECT ('[\"' || body || '\"')::json FROM notes WHERE id = 2"
      })
  void cardNumber_doesNotLeaveInAnError(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE IF NOT EXISTS keyed (body text PRIMARY KEY)");
      statement.execute(
          "INSERT INTO keyed SELECT body FROM notes WHERE id = 2 ON CONFLICT DO NOTHING");
      SQLException failed = assertThrows(SQLException.class, () -> statement.execute(sql));
      String told = String.valueOf(failed.getMessage());
      assertFalse(told.contains(CARD), told);
      assertTrue(told.contains("[redacted]"), told);
    }
  }

  @Test
  void cardNumber_doesNotLeaveInANotice() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String create = "CREATE TEMP TABLE IF NOT EXISTS \"card " + CARD + "\" (id int)";
      statement.execute(create);
      statement.execute(create);
      String notice = String.valueOf(statement.getWarnings().getMessage());
      assertTrue(notice.contains("card [redacted]"), notice);
    }
  }
}
