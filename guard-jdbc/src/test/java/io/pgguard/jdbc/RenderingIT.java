package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Masks show the same of a value, or less, whatever the session sets for how values are written.
 */
class RenderingIT {
  private static final List<String> SETTINGS =
      List.of(
          "SET extra_float_digits = -9",
          "SET extra_float_digits = 0",
          "SELECT set_config('extra_float_digits', '-3', false)",
          "PREPARE s AS SELECT set_config('extra_float_digits', '-3', false); EXECUTE s",
          "SET TimeZone = 'Pacific/Kiritimati'",
          "SET TimeZone = 'FOO+167'",
          "SET TimeZone = 'FOO-167:30'",
          "SET DateStyle = 'ISO, DMY'",
          "SET IntervalStyle = 'sql_standard'",
          "SET bytea_output = 'escape'",
          "SET lc_monetary = 'C.UTF-8'");
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("rendering", directory);
    database.policy(
        """
        version: 1
        classes:
          last:  { columns: ["*.last.{f4,f8,fs,m,n,i}"],  mask: { partial: { keepLast: 4 } } }
          first: { columns: ["*.last.{d,t,tz,tzs}"],      mask: { partial: { keepFirst: 7 } } }
          whole: { columns: ["*.last.{iv,b}"],            mask: redact }
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE last (id int, f4 real, f8 float8, fs float8[], m money, n numeric, i int,"
                + " d date, t timestamp, tz timestamptz, tzs timestamptz[], iv interval, b bytea)",
            "INSERT INTO last VALUES (1, 1234.567, 123456.789012345, '{98765.4321012}', '-$1,234.56',"
                + " 1234.5678, 123456789, '2024-12-31', '2024-12-31 23:30', '2024-12-31 23:30+00',"
                + " '{2025-01-01 00:30+00}', '3 days 02:00', '\\x00ff5c27')",
            "GRANT ALL ON last TO " + database.agent());
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static List<String> row(Connection connection) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM last")) {
      result.next();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        values.add(String.valueOf(result.getString(i)));
      }
    }
    return values;
  }

  private static List<String> copied(Connection connection, String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
    return List.of(
        out.toString(StandardCharsets.UTF_8).replace("\\N", "null").stripTrailing().split("\t"));
  }

  @Test
  void maskedValues_areTheSameOrHiddenUnderEverySetting() throws Exception {
    List<String> usual;
    try (Connection connection = database.connect()) {
      usual = row(connection);
    }
    assertEquals("4.567", usual.get(1));
    assertEquals("2024-12-01 00:00:00+00", usual.get(9));
    List<Set<String>> seen = new ArrayList<>();
    usual.forEach(value -> seen.add(new TreeSet<>(Set.of(value))));
    for (String setting : SETTINGS) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        for (String one : setting.split("; ")) {
          statement.execute(one);
        }
        List<String> now = row(connection);
        List<String> lines = copied(connection, "COPY last TO STDOUT");
        List<String> ofQuery = copied(connection, "COPY (SELECT * FROM last) TO STDOUT");
        for (int i = 1; i < now.size(); i++) {
          seen.get(i).add(now.get(i));
          seen.get(i).add(lines.get(i));
          seen.get(i).add(ofQuery.get(i));
        }
      }
    }
    for (int i = 1; i < seen.size(); i++) {
      seen.get(i).remove("null");
      assertTrue(seen.get(i).size() <= 1, "column " + (i + 1) + " shows " + seen.get(i));
    }
  }

  /** How the first float comes once these have run, one after the other. */
  private static String after(String... texts) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        try {
          statement.execute(text);
        } catch (SQLException e) {
          assertEquals("22012", e.getSQLState(), text);
        }
      }
      return row(connection).get(1);
    }
  }

  @Test
  void roundedFloats_areShownAgainOnceTheSettingIsBackForGood() throws Exception {
    String rounding = "SET extra_float_digits = -9";
    assertEquals("null", after(rounding));
    assertEquals("4.567", after(rounding, "RESET extra_float_digits"));
    assertEquals("4.567", after(rounding, "SET extra_float_digits TO DEFAULT"));
    assertEquals("4.567", after(rounding, "RESET ALL"));
    assertEquals("4.567", after(rounding, "DISCARD ALL"));
    assertEquals("4.567", after(rounding, "UNLISTEN *; RESET ALL"));
  }

  @Test
  void resetThatDoesNotLast_leavesFloatsHidden() throws Exception {
    String rounding = "SET extra_float_digits = -9";
    assertEquals("null", after(rounding, "BEGIN", "RESET ALL", "ROLLBACK"));
    assertEquals("null", after(rounding, "BEGIN; RESET ALL; ROLLBACK"));
    assertEquals("null", after(rounding, "RESET ALL; SELECT 1 / 0"));
    assertEquals("null", after(rounding, "BEGIN", "SAVEPOINT a", "RESET ALL", "ROLLBACK TO a"));
    assertEquals("null", after(rounding, "RESET ALL; SET extra_float_digits = -9"));
    assertEquals("null", after(rounding, "SET extra_float_digits FROM CURRENT"));
    assertEquals("null", after(rounding, "SET LOCAL extra_float_digits TO DEFAULT"));
    assertEquals("null", after("RESET ALL", rounding));
  }

  @Test
  void discardedSession_knowsWhatIsGone() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE mine (id int, f4 text)");
      statement.execute("SET search_path = information_schema");
      statement.execute("DISCARD ALL");
      assertEquals("4.567", row(connection).get(1));
      statement.execute("CREATE TEMP TABLE mine (other int)");
      statement.execute("SELECT other FROM mine");
      try (ResultSet role = statement.executeQuery("SELECT current_user")) {
        role.next();
        assertEquals(database.agent(), role.getString(1));
      }
    }
  }
}
