package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans show their shape; figures of protected relations, which come from stored values, do not
 * show.
 */
class PlanFiguresIT {
  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("figures", directory);
    connection = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  private static String plan(String sql) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.append(rows.getString(1)).append('\n');
      }
    }
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN SELECT * FROM customers",
        "EXPLAIN (COSTS ON) SELECT * FROM customers WHERE id = 7",
        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT id FROM customers",
        "EXPLAIN (FORMAT JSON) SELECT * FROM customers"
      })
  void figuresOfProtectedRelations_areHidden(String sql) throws Exception {
    String plan = plan(sql);
    assertFalse(plan.isEmpty());
    assertFalse(plan.matches("(?s).*[=:] ?[0-9].*"), plan);
  }

  @Test
  void shape_isShown() throws Exception {
    assertTrue(plan("EXPLAIN SELECT * FROM customers").contains("Seq Scan on customers"));
    assertTrue(
        plan("EXPLAIN (COSTS OFF) SELECT name FROM customers WHERE id = 7").contains("id = 7"));
  }

  @Test
  void figuresOfOpenRelations_areShown() throws Exception {
    assertTrue(plan("EXPLAIN SELECT * FROM orders").matches("(?s).*rows=[0-9]+ width=[0-9]+.*"));
  }
}
