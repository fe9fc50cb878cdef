package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guard's questions in a session go by names that no text of the session can take, use or drop. */
class ReservedNamesIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("reserved", directory);
    database.policy(
        """
        version: 1
        mode: enforce
        inference: allow
        rules:
          - { id: many, when: { affectedRows: { over: 10 } }, then: deny }
          - { id: all,  when: {}, then: allow }
        otherwise: deny
        """);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PREPARE guard_question AS SELECT 1",
        "PREPARE GUARD_x AS SELECT 1",
        "PREPARE \"guard_refused\" (int) AS SELECT $1",
        "PREPARE U&\"gu\\0061rd_question\" AS SELECT 1",
        "EXECUTE guard_question",
        "EXPLAIN EXECUTE guard_question(1)",
        "CREATE TEMP TABLE t AS EXECUTE guard_question",
        "DEALLOCATE guard_question",
        "DEALLOCATE PREPARE guard_refused",
        "DECLARE guard_question CURSOR FOR SELECT 1",
        "DECLARE guard_question CURSOR WITH HOLD FOR SELECT 1",
        "FETCH ALL FROM guard_question",
        "MOVE guard_question",
        "CLOSE guard_question"
      })
  void reservedName_isRefused(String sql) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      StatementRefusedException e =
          assertThrows(StatementRefusedException.class, () -> statement.execute(sql));
      assertTrue(String.valueOf(e.getMessage()).contains("guard.reserved"), e.getMessage());
    }
  }

  @Test
  void otherNames_pass() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PREPARE guardian AS DELETE FROM orders WHERE id <= 3");
      statement.execute("EXECUTE guardian");
      statement.execute("DEALLOCATE ALL");
    }
  }
}
