package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * What is new in PostgreSQL 19: a protected value does not come through by it, ordinary use of it
 * is not disturbed, and an older server ends it in its own words.
 */
class NewIn19IT {
  private static final String EMAIL = "ada@mail.example";

  private static final String[] SCHEMA = {
    "CREATE TABLE people (id int PRIMARY KEY, email text, grp int, note text, born date)",
    "INSERT INTO people VALUES (1, 'ada@mail.example', 1, 'a', '1981-02-03'), (2, NULL, 1, NULL,"
        + " NULL), (3, 'cyd@mail.example', 2, 'c', '1983-04-05'), (4, 'dee@mail.example', 2, NULL,"
        + " '1984-05-06')",
    "CREATE TABLE documents (id int PRIMARY KEY, body json, words text[], amount numeric)",
    "INSERT INTO documents VALUES (1, E'{\"a\": [1,\\n 2]}', '{\"x\\\\\\\\y\",NULL}', 1.50)",
    "CREATE TABLE parts (id int, email text, k int) PARTITION BY LIST (k)",
    "CREATE TABLE part_one PARTITION OF parts FOR VALUES IN (1)",
    "CREATE TABLE part_two (k int, id int, email text)",
    "ALTER TABLE parts ATTACH PARTITION part_two FOR VALUES IN (2)",
    "INSERT INTO parts VALUES (1, 'ada@mail.example', 1), (2, 'cyd@mail.example', 2)",
  };

  private static final String OF_19 =
      "CREATE VIEW lagged AS SELECT id, lag(email) IGNORE NULLS OVER (ORDER BY id) AS e,"
          + " lag(note) IGNORE NULLS OVER (ORDER BY id) AS n FROM people";

  private static final String POLICY =
      """
      version: 1
      classes:
        pii.email: { columns: ["*.*.email"], mask: email }
        pii.born:  { columns: ["*.people.born"], mask: "null" }
      inference: %s
      rules:
        - { id: work, when: { kind: [select, write, ddl, drop, privilege, session, maintenance, show,
              explain, copy-out, transaction] }, then: allow }
      otherwise: deny
      """;

  private static GuardedDatabase database;
  private static Connection guarded;
  private static boolean known;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("nineteen", directory);
    database.postgres().execute(database.database(), SCHEMA);
    try (Connection direct = database.direct()) {
      known = direct.getMetaData().getDatabaseMajorVersion() >= 19;
      if (known) {
        GuardedDatabase.run(direct, OF_19);
      }
      GuardedDatabase.run(
          direct,
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent(),
          "GRANT CREATE ON SCHEMA public TO " + database.agent(),
          "ALTER TABLE people OWNER TO " + database.agent());
    }
    database.policy(POLICY.formatted("deny"));
    guarded = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    guarded.close();
    database.close();
  }

  private static Connection asAgent() throws SQLException {
    return DriverManager.getConnection(
        database.postgres().jdbcUrl(database.database()), database.agent(), "agent-secret");
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String state(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "00000";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  private static String copied(Connection connection, String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Where the server does not know it, the server says so, through Guard as without. */
  private static void assumeKnown(String sql) throws SQLException {
    if (!known) {
      try (Connection direct = asAgent()) {
        assertEquals(state(direct, sql), state(guarded, sql), sql);
      }
    }
    assumeTrue(known, "skipped: the server is older than 19");
  }

  private static void assertAsDirectly(String sql) throws SQLException {
    assumeKnown(sql);
    try (Connection direct = asAgent()) {
      assertEquals(rows(direct, sql), rows(guarded, sql), sql);
    }
  }

  private static void assertRefused(String sql) throws SQLException {
    assumeKnown(sql);
    SQLException refused = assertThrows(SQLException.class, () -> rows(guarded, sql), sql);
    assertTrue(
        String.valueOf(refused.getMessage()).contains("Guard refused"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, lag(note) IGNORE NULLS OVER (ORDER BY id) FROM people ORDER BY id",
        "SELECT id, first_value(note) RESPECT NULLS OVER w, last_value(grp) IGNORE NULLS OVER w,"
            + " nth_value(note, 1) IGNORE NULLS OVER w FROM people WINDOW w AS (ORDER BY id DESC)"
            + " ORDER BY id",
        "SELECT id, n FROM lagged ORDER BY id",
        "SELECT lead(x, 2, 0) IGNORE NULLS OVER (ORDER BY x) FROM generate_series(1, 5) x"
      })
  void ignoreNulls_ofOpenColumns_isAsItIs(String sql) throws Exception {
    assertAsDirectly(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, lag(email) IGNORE NULLS OVER (ORDER BY id) FROM people ORDER BY id",
        "SELECT id, lag(email) RESPECT NULLS OVER (ORDER BY id) FROM people ORDER BY id",
        "SELECT id, e FROM lagged ORDER BY id"
      })
  void ignoreNulls_ofAProtectedColumn_isMasked(String sql) throws Exception {
    assumeKnown(sql);
    List<String> seen = rows(guarded, sql);
    assertFalse(seen.toString().contains("ada@"), seen.toString());
    assertEquals("1|null", seen.get(0));
    assertEquals("2|a***@mail.example", seen.get(1));
  }

  @Test
  void ignoreNulls_ofComputedValues_isOneConstant() throws Exception {
    String sql =
        "SELECT first_value(NULLIF(email, 'ada@mail.example')) IGNORE NULLS OVER (ORDER BY id)"
            + " FROM people";
    assumeKnown(sql);
    List<String> seen = rows(guarded, sql);
    assertEquals(1, new HashSet<>(seen).size(), seen.toString());
  }

  @Test
  void ignoreNulls_whereTheMaskHidesThem_isRefused() throws Exception {
    assertRefused("SELECT id, lag(born) IGNORE NULLS OVER (ORDER BY id) FROM people");
    assertRefused("SELECT id, lag(id) IGNORE NULLS OVER (ORDER BY born) FROM people");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT RETURNING id, grp, note",
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT FOR UPDATE"
            + " WHERE people.grp < excluded.grp RETURNING old.grp, new.note",
        "INSERT INTO people AS p VALUES (1, 'x', 9), (3, 'y', 9) ON CONFLICT ON CONSTRAINT"
            + " people_pkey DO SELECT FOR NO KEY UPDATE RETURNING p.id",
        "WITH i AS (INSERT INTO people VALUES (3, 'x', 9) ON CONFLICT (id) DO SELECT FOR KEY SHARE"
            + " RETURNING *) SELECT note FROM i"
      })
  void doSelect_ofOpenColumns_isAsItIs(String sql) throws Exception {
    assertAsDirectly(sql);
  }

  @Test
  void doSelect_ofProtectedColumns_isMasked() throws Exception {
    String sql =
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT"
            + " RETURNING email, people, old.email, (new).email, lower(email)";
    assumeKnown(sql);
    String seen = rows(guarded, sql).toString();
    assertFalse(seen.contains("ada"), seen);
    assertTrue(seen.contains("a***@mail.example"), seen);
    assertRefused(
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT"
            + " WHERE people.email < 'b' RETURNING id");
    assertRefused(
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT"
            + " WHERE people.email = 'ada@mail.example' RETURNING id");
  }

  @Test
  void doSelect_byAGuess_passesUnderEquality(@TempDir Path directory) throws Exception {
    String sql =
        "INSERT INTO people VALUES (1, 'x', 9) ON CONFLICT (id) DO SELECT WHERE people.email = '%s'"
            + " RETURNING id";
    assumeKnown(sql.formatted(EMAIL));
    try (GuardedDatabase other = new GuardedDatabase("guessing", directory)) {
      other.postgres().execute(other.database(), SCHEMA);
      other
          .postgres()
          .execute(
              other.database(), "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + other.agent());
      other.policy(POLICY.formatted("equality"));
      try (Connection connection = other.connect()) {
        assertEquals(List.of("1"), rows(connection, sql.formatted(EMAIL)));
        assertEquals(List.of(), rows(connection, sql.formatted("bob@mail.example")));
      }
      assertEquals("1", other.truth("SELECT grp FROM people WHERE id = 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY people (id, grp, note) TO STDOUT (FORMAT json)",
        "COPY (SELECT id, note AS \"n\"\"q\" FROM people ORDER BY id) TO STDOUT"
            + " (FORMAT json, FORCE_ARRAY)",
        "COPY documents TO STDOUT (FORMAT json)",
        "COPY (SELECT 1, 2) TO STDOUT (FORMAT json)",
        "COPY (SELECT WHERE false) TO STDOUT (FORMAT json, FORCE_ARRAY true)"
      })
  void copyJson_ofOpenColumns_isAsItIs(String sql) throws Exception {
    assumeKnown(sql);
    try (Connection direct = asAgent()) {
      assertEquals(copied(direct, sql), copied(guarded, sql), sql);
    }
  }

  @Test
  void copyJson_isMaskedByLeaf() throws Exception {
    assumeKnown("COPY people TO STDOUT (FORMAT json)");
    assertEquals(
        "{\"id\":1,\"email\":\"a***@mail.example\",\"grp\":1,\"note\":\"a\",\"born\":null}\n"
            + "{\"id\":2,\"email\":null,\"grp\":1,\"note\":null,\"born\":null}\n",
        copied(guarded, "COPY (SELECT * FROM people WHERE id < 3) TO STDOUT (FORMAT json)"));
    assertEquals(
        "[\n {\"e\":\"a***@mail.example\",\"d\":{\"a\": [1,\n 2]},\"lower\":\"[redacted]\"}\n]\n",
        copied(
            guarded,
            "COPY (SELECT p.email AS e, d.body AS d, lower(email) FROM people p"
                + " JOIN documents d USING (id)) TO STDOUT (FORMAT json, FORCE_ARRAY)"));
    String rows =
        copied(guarded, "COPY (SELECT people, people.* FROM people) TO STDOUT (FORMAT json)");
    assertFalse(rows.contains("ada@") || rows.contains("cyd@") || rows.contains("198"), rows);
  }

  @Test
  void copyJson_columnsOfOneName_areHiddenTogether() throws Exception {
    String sql = "COPY (SELECT email AS a, note AS a FROM people) TO STDOUT (FORMAT json)";
    assumeKnown(sql);
    assertEquals("\"[redacted]\"\n".repeat(4), copied(guarded, sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "json"})
  void copyOfAPartitionedTable_isMasked(String format) throws Exception {
    String sql = "COPY parts TO STDOUT (FORMAT " + format + ")";
    assumeKnown(sql);
    String seen = copied(guarded, sql);
    assertFalse(seen.contains("ada@") || seen.contains("cyd@"), seen);
    assertEquals(2, seen.lines().filter(line -> line.contains("***@mail.example")).count(), seen);
  }

  @Test
  void copyIn_skipsLinesAndSetsNull() throws Exception {
    String sql = "COPY people (id, note) FROM STDIN (FORMAT csv, HEADER 2, ON_ERROR set_null)";
    assumeTrue(known, "skipped: the server is older than 19");
    byte[] data = "x,y\nx,y\n71,a\n72,b\n".getBytes(StandardCharsets.UTF_8);
    long copied =
        guarded.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new ByteArrayInputStream(data));
    assertEquals(2, copied);
    GuardedDatabase.run(guarded, "DELETE FROM people WHERE id > 70");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REPACK people",
        "REPACK (ANALYZE) documents (id)",
        "REPACK documents USING INDEX documents_pkey",
        "CHECKPOINT (MODE FAST, FLUSH_UNLOGGED)",
        "WAIT FOR LSN '0/1' WITH (MODE 'primary_flush', TIMEOUT '10ms', NO_THROW)",
        "CREATE PUBLICATION nineteen_all FOR ALL SEQUENCES",
        "CREATE PUBLICATION nineteen_most FOR ALL TABLES EXCEPT (TABLE people)",
        "GRANT SELECT ON people TO PUBLIC GRANTED BY CURRENT_USER",
        "REVOKE SELECT ON people FROM PUBLIC GRANTED BY CURRENT_USER",
        "GRANT SELECT ON people TO PUBLIC GRANTED BY postgres",
        "CREATE SUBSCRIPTION nineteen_s SERVER nowhere PUBLICATION p WITH (connect = false)",
        "ALTER SUBSCRIPTION nineteen_s SERVER nowhere",
        "EXPLAIN (ANALYZE, IO) SELECT * FROM documents",
        "SET application_name = NULL",
        "SET standard_conforming_strings = on"
      })
  void utility_endsAsWithoutGuard(String sql) throws Exception {
    try (Connection direct = asAgent()) {
      assertEquals(state(direct, sql), state(guarded, sql), sql);
    }
  }

  @Test
  void repackByAnIndex_sortsByProtectedValues() throws Exception {
    assumeTrue(known, "skipped: the server is older than 19");
    assertRefused("REPACK people USING INDEX people_pkey");
  }

  @Test
  void searchPath_setToNull_isEmpty() throws Exception {
    assumeKnown("SET search_path = NULL");
    try (Connection connection = database.connect()) {
      GuardedDatabase.run(connection, "SET search_path = NULL");
      assertEquals(
          List.of("a***@mail.example"),
          rows(connection, "SELECT email FROM public.people WHERE id = 1"));
      assertEquals("42P01", state(connection, "SELECT email FROM people"));
      GuardedDatabase.run(connection, "RESET search_path");
      assertEquals(
          List.of("a***@mail.example"), rows(connection, "SELECT email FROM people WHERE id = 1"));
    }
  }

  @Test
  void explainWithIo_hidesFigures() throws Exception {
    String sql = "EXPLAIN (ANALYZE, IO) SELECT * FROM people";
    assumeKnown(sql);
    String plan = String.join("\n", rows(guarded, sql));
    assertFalse(plan.matches("(?s).*\\d.*"), plan);
  }

  @Test
  void statisticsOfExpressions_areWithheld() throws Exception {
    assumeKnown("SELECT range_bounds_histogram FROM pg_stats_ext_exprs");
    try (Connection direct = database.direct()) {
      GuardedDatabase.run(
          direct,
          "CREATE TABLE spans (id int, a int, b int)",
          "INSERT INTO spans SELECT n, n, n + 7777 FROM generate_series(1, 100) n",
          "CREATE STATISTICS spans_s ON (int4range(a, b)) FROM spans",
          "ANALYZE spans",
          "GRANT SELECT ON spans TO " + database.agent());
    }
    String seen =
        rows(
                guarded,
                "SELECT range_length_histogram, range_empty_frac, range_bounds_histogram"
                    + " FROM pg_stats_ext_exprs")
            .toString();
    assertFalse(seen.contains("7777") || seen.contains("[1,7778)"), seen);
    assertEquals("s", database.truth("SELECT 's' FROM pg_stats_ext_exprs LIMIT 1"));
  }
}
