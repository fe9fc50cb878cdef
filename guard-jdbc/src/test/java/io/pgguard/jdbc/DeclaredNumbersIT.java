package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arithmetic of protected numbers whose declared digits say that it cannot fail is withheld, not
 * refused; over the longest numbers that the declarations allow it does not fail.
 */
class DeclaredNumbersIT {
  /** The longest numbers of each column, with a sign. */
  private static final String INSERT =
      "INSERT INTO n SELECT %1$s, ('%2$s' || nines)::numeric, ('%2$s0.' || nines)::numeric,"
          + " ('%2$s' || left(nines, 250) || '.' || left(nines, 250))::numeric,"
          + " '%2$s99999999.99', %3$s, ('%2$s' || repeat(nines, 131))::numeric"
          + " FROM (SELECT repeat('9', 1000) AS nines) s";

  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("numbers", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE n (id int, a numeric(1000,0), b numeric(1000,1000), c numeric(500,250),"
                + " p numeric(10,2), qty int, free numeric)",
            INSERT.formatted("1", "", "2147483647"),
            INSERT.formatted("2", "-", "-2147483648"),
            "INSERT INTO n VALUES (3, 'NaN', 'NaN', 'NaN', 'NaN', -2147483648, 'NaN'),"
                + " (4, 0, 0, 0, 0, 0, 0), (5, NULL, NULL, NULL, NULL, NULL, NULL)",
            "CREATE VIEW totals AS SELECT id % 2 AS g, sum(p * qty) AS total FROM n GROUP BY 1",
            "GRANT ALL ON n, totals TO " + database.agent());
    database.auditedConfig("");
    database.policy(
        """
        version: 1
        mode: enforce
        classes:
          n: { columns: ["*.n.a", "*.n.b", "*.n.c", "*.n.p", "*.n.qty", "*.n.free"], mask: redact }
        inference: deny
        rules: [ { id: all, when: { kind: select }, then: allow } ]
        otherwise: deny
        """);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static List<String> all(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(String.valueOf(result.getString(1)));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(a)",
        "sum(b)",
        "sum(c)",
        "sum(p)",
        "avg(a)",
        "avg(b)",
        "avg(p)",
        "sum(p * qty)",
        "sum(c * c * c)",
        "sum(c + c - c)",
        "sum(p * 1.19)",
        "sum(p) * 2",
        "sum(p) + sum(qty)",
        "avg(p * qty)",
        "variance(a)",
        "variance(b)",
        "stddev(p)",
        "var_pop(a)",
        "max(a)",
        "round(sum(p))",
      })
  void arithmeticOfDeclaredNumbers_isWithheld(String expression) throws Exception {
    String sql = "SELECT " + expression + " FROM n";
    try (Connection connection = database.connect()) {
      assertEquals(1, all(connection, sql).size(), sql);
      assertEquals(all(connection, sql), all(connection, sql + " WHERE id = 4"), sql);
      assertEquals(all(connection, sql), all(connection, sql + " WHERE id = 1"), sql);
      assertEquals(all(connection, sql), all(connection, sql + " WHERE id = 2"), sql);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a + b",
        "a - b",
        "a * 2",
        "c * c",
        "a * b",
        "c * c + p * qty",
        "round(a)",
        "ceil(b)",
        "floor(c)",
        "trunc(a)",
        "round(p, 1)",
        "-a",
        "abs(a)",
        "sum(p) OVER ()",
      })
  void rowsOfDeclaredNumbers_areWithheld(String expression) throws Exception {
    try (Connection connection = database.connect()) {
      List<String> cells = all(connection, "SELECT " + expression + " FROM n ORDER BY id");
      assertEquals(5, cells.size(), expression);
      assertEquals(cells.get(0), cells.get(1), expression);
      assertEquals(cells.get(0), cells.get(3), expression);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(free) FROM n",
        "SELECT free + 1 FROM n WHERE id = 1",
        "SELECT p / qty FROM n",
        "SELECT sum(a * a) FROM n",
        "SELECT sum(a * qty) FROM n",
        "SELECT c * c * c * c * c * c FROM n",
        "SELECT p * 99999999999999999999 FROM n",
        "SELECT sum(p::numeric * free) FROM n",
        "SELECT sum(p::int) FROM n",
        "SELECT p ^ 2 FROM n",
        "WITH RECURSIVE r(i, x) AS (SELECT 1, p FROM n UNION ALL SELECT i + 1, (x * x)::numeric(10, 2) FROM r"
            + " WHERE i < 30) SELECT count(*) FROM r",
        "WITH RECURSIVE r(i, x) AS (SELECT 1, p FROM n UNION ALL SELECT i + 1, (x * x)::numeric(10, 2) FROM r"
            + " WHERE i < 30) SELECT x + 1 FROM r",
        "SELECT (CASE WHEN id = 1 THEN p ELSE free END) + 1 FROM n",
        "SELECT x + 1 FROM (SELECT p AS x FROM n UNION ALL SELECT free FROM n) s",
        "SELECT COALESCE(p, free) * 2 FROM n",
      })
  void arithmeticThatMayFail_isRefused(String sql) throws Exception {
    try (Connection connection = database.connect()) {
      SQLException refused = assertThrows(SQLException.class, () -> all(connection, sql), sql);
      assertEquals("42501", refused.getSQLState(), sql + ": " + refused.getMessage());
    }
  }

  @Test
  void viewOfDeclaredNumbers_isRead() throws Exception {
    try (Connection connection = database.connect()) {
      assertEquals(2, all(connection, "SELECT total FROM totals").size());
    }
  }
}
