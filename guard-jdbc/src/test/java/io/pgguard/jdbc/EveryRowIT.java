package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code where: missing} of statements whose WHERE leaves no row alone, and from how many on. */
class EveryRowIT {
  private static final String POLICY =
      """
      version: 1
      mode: enforce
      inference: allow
      rules:
        - { id: unbounded, when: { kind: [update, delete], where: missing }, then: deny }
        - { id: all, when: {}, then: allow }
      otherwise: deny
      limits: { statementTime: 30s%s }
      """;

  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("every_row", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE one (id int, v int)",
            "CREATE TABLE two (id int, v int)",
            "CREATE TABLE four (id int, v int)",
            "GRANT ALL ON one, two, four TO " + database.agent());
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void fill() throws Exception {
    database
        .postgres()
        .execute(
            database.database(),
            "TRUNCATE one, two, four",
            "INSERT INTO one VALUES (1, 0)",
            "INSERT INTO two SELECT g, 0 FROM generate_series(1, 2) g",
            "INSERT INTO four SELECT g, 0 FROM generate_series(1, 4) g");
  }

  private static void assertStopped(String sql) throws Exception {
    try (Connection connection = database.connect()) {
      StatementRefusedException e =
          assertThrows(
              StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql), sql);
      assertTrue(String.valueOf(e.getMessage()).contains("rule unbounded"), e.getMessage());
    }
  }

  private static void assertRuns(int rows, String sql) throws Exception {
    try (Connection connection = database.connect()) {
      assertEquals(rows, GuardedDatabase.update(connection, sql), sql);
    }
  }

  @Test
  void fromTwoOn_whereNothingIsSaid() throws Exception {
    database.policy(POLICY.formatted(""));
    assertRuns(1, "UPDATE one SET v = 1 WHERE id = 1");
    assertStopped("UPDATE two SET v = 1 WHERE id > 0");
    assertStopped("DELETE FROM four WHERE id < 9");
    assertRuns(3, "DELETE FROM four WHERE id < 4");
  }

  @Test
  void fromTheNumberThatThePolicySets() throws Exception {
    database.policy(POLICY.formatted(", everyRowFrom: 4"));
    assertRuns(2, "UPDATE two SET v = 1 WHERE id > 0");
    assertRuns(2, "DELETE FROM two WHERE id > 0");
    assertStopped("UPDATE four SET v = 1 WHERE id > 0");
    assertStopped("DELETE FROM four");
  }

  @Test
  void one_stopsASingleRowToo() throws Exception {
    database.policy(POLICY.formatted(", everyRowFrom: 1"));
    assertStopped("UPDATE one SET v = 1 WHERE id = 1");
    assertRuns(0, "UPDATE one SET v = 1 WHERE id = 7");
    assertRuns(1, "UPDATE two SET v = 1 WHERE id = 1");
  }
}
