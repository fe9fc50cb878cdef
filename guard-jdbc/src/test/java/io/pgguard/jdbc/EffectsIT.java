package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements whose command tag, text or plan does not tell how many rows they change: each is
 * counted right, or held whatever it changes. The list is in {@code effects.tsv}.
 */
class EffectsIT {
  private static final String[] TABLES = {
    "plain",
    "parent",
    "child",
    "orphan",
    "node",
    "trail",
    "audited",
    "stated",
    "late",
    "skipping",
    "ruled",
    "ruled_also",
    "part",
    "base",
    "owned",
    "defaulted",
    "checked",
    "typed",
    "policed",
    "chief",
    "staff",
    "piece",
    "in_piece",
    "only_updates",
    "later",
    "emptied"
  };

  private static GuardedDatabase database;

  /** A statement, those before it in its transaction, and how many rows it changes. */
  record Case(String rows, List<String> before, String sql) {
    boolean held() {
      return rows.equals("held");
    }

    @Override
    public String toString() {
      return rows + ": " + sql;
    }
  }

  static List<Case> cases() {
    return resource("effects.tsv")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(
            line -> {
              int tab = line.indexOf('\t');
              List<String> texts = List.of(line.substring(tab + 1).split(" ;; "));
              return new Case(
                  line.substring(0, tab),
                  texts.subList(0, texts.size() - 1),
                  texts.get(texts.size() - 1));
            })
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = EffectsIT.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("effects", directory);
    String name = database.database();
    database.postgres().execute(name, resource("effects-schema.sql").split(";\n"));
    database
        .postgres()
        .execute(
            name,
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent(),
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO " + database.agent(),
            "GRANT SET ON PARAMETER track_counts TO " + database.agent(),
            "ALTER TABLE skipping OWNER TO " + database.agent(),
            "GRANT TEMPORARY ON DATABASE " + name + " TO " + database.agent());
    database.policy(policy());
  }

  /** The agent {@code n7} may change seven rows. */
  private static String policy() {
    StringBuilder rules = new StringBuilder();
    for (int limit : limits()) {
      rules.append(
          "  - { id: over-%d, when: { principal: { agents: [n%d] }, affectedRows: { over: %d } }, then: deny }\n"
              .formatted(limit, limit, limit));
    }
    return """
    version: 1
    mode: enforce
    inference: allow
    functions: { allow: ["public.writes(*)", "public.writes_sql(*)", "public.tries(*)",
      "public.commits(*)", "public.calls_writes(*)", "public.writes_anywhere(*)",
      "public.writes_both(*)", "public.sums(*)", "public.telling_sum(*)", "public.as_pair(*)",
      "public.tell_twice()", "public.skip_odd()", "public.instead()",
      "public.empties()", "public.empties_anyhow()", "public.drops_anyhow()",
      "public.makes_anyhow(*)", "public.stable_writes(*)", "public.stable_writes_anyhow(*)",
      "public.fixed_writes_anyhow(*)", "public.stable_text(*)", "pg_catalog.query_to_xml(*)",
      "pg_catalog.current_query()",
      "public.opens()", "public.writes_unseen(*)", "public.makes_temporary(*)"] }
    rules:
    %s  - { id: all, when: {}, then: allow }
    otherwise: deny
    """
        .formatted(rules);
  }

  private static TreeSet<Integer> limits() {
    TreeSet<Integer> limits = new TreeSet<>(List.of(1_000_000));
    for (Case one : cases()) {
      if (!one.held()) {
        limits.add(Integer.parseInt(one.rows()));
        limits.add(Math.max(0, Integer.parseInt(one.rows()) - 1));
      }
    }
    return limits;
  }

  @AfterAll
  static void drop() throws Exception {
    database
        .postgres()
        .execute(
            database.database(), "REVOKE SET ON PARAMETER track_counts FROM " + database.agent());
    database.close();
  }

  private static Connection limited(int rows) throws SQLException {
    return database.connect(Map.of("guard.agent", "n" + rows));
  }

  private static String state() throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT concat_ws(' '");
    for (String table : TABLES) {
      sql.append(
          ", (SELECT count(*) || ':' || COALESCE(sum(hashtext(t::text)), 0) FROM %s t)"
              .formatted(table));
    }
    return database.truth(sql.append(")").toString());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            result.getString(1);
          }
        }
      }
    }
  }

  private static void assertRefused(Connection connection, Case one) {
    SQLException refused =
        assertThrows(SQLException.class, () -> run(connection, one.sql()), one::toString);
    assertTrue(
        refused instanceof StatementRefusedException
            && (one.held() || String.valueOf(refused.getMessage()).contains("rule over-")),
        refused::getMessage);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneRowTooMany_isUndone(Case one) throws Exception {
    int limit = one.held() ? 1_000_000 : Integer.parseInt(one.rows()) - 1;
    if (limit < 0) {
      return;
    }
    String before = state();
    try (Connection connection = limited(limit)) {
      if (one.before().isEmpty()) {
        assertRefused(connection, one);
        assertEquals(before, state(), one::toString);
      }
      connection.setAutoCommit(false);
      for (String sql : one.before()) {
        run(connection, sql);
      }
      assertRefused(connection, one);
      connection.commit();
      connection.setAutoCommit(true);
    }
    assertEquals(before, state(), one::toString);
  }

  static Stream<Case> counted() {
    return cases().stream().filter(one -> !one.held());
  }

  @ParameterizedTest
  @MethodSource("counted")
  void asManyRowsAsAllowed_run(Case one) throws Exception {
    try (Connection connection = limited(Integer.parseInt(one.rows()))) {
      connection.setAutoCommit(false);
      for (String sql : one.before()) {
        run(connection, sql);
      }
      run(connection, one.sql());
      connection.rollback();
    }
  }
}
