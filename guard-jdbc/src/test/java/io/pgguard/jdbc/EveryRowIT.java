package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

  @TempDir private Path directory;
  private @Nullable GuardedDatabase made;

  private void policy(String more) throws Exception {
    GuardedDatabase database = new GuardedDatabase("every_row", directory);
    made = database;
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE one AS SELECT 1 AS id, 0 AS v",
            "CREATE TABLE two AS SELECT g AS id, 0 AS v FROM generate_series(1, 2) g",
            "CREATE TABLE four AS SELECT g AS id, 0 AS v FROM generate_series(1, 4) g",
            "GRANT ALL ON one, two, four TO " + database.agent());
    database.policy(POLICY.formatted(more));
  }

  private Connection connect() throws SQLException {
    return Objects.requireNonNull(made, "a policy was set").connect();
  }

  @AfterEach
  void drop() throws Exception {
    if (made != null) {
      made.close();
    }
  }

  private void assertStopped(String sql) throws Exception {
    try (Connection connection = connect()) {
      StatementRefusedException e =
          assertThrows(
              StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql), sql);
      assertTrue(String.valueOf(e.getMessage()).contains("rule unbounded"), e.getMessage());
    }
  }

  private void assertRuns(int rows, String sql) throws Exception {
    try (Connection connection = connect()) {
      assertEquals(rows, GuardedDatabase.update(connection, sql), sql);
    }
  }

  @Test
  void fromTwoOn_whereNothingIsSaid() throws Exception {
    policy("");
    assertRuns(1, "UPDATE one SET v = 1 WHERE id = 1");
    assertStopped("UPDATE two SET v = 1 WHERE id > 0");
    assertStopped("DELETE FROM four WHERE id < 9");
    assertRuns(3, "DELETE FROM four WHERE id < 4");
  }

  @Test
  void fromTheNumberThatThePolicySets() throws Exception {
    policy(", everyRowFrom: 4");
    assertRuns(2, "UPDATE two SET v = 1 WHERE id > 0");
    assertRuns(2, "DELETE FROM two WHERE id > 0");
    assertStopped("UPDATE four SET v = 1 WHERE id > 0");
    assertStopped("DELETE FROM four");
  }

  @Test
  void one_stopsASingleRowToo() throws Exception {
    policy(", everyRowFrom: 1");
    assertStopped("UPDATE one SET v = 1 WHERE id = 1");
    assertRuns(0, "UPDATE one SET v = 1 WHERE id = 7");
    assertRuns(1, "UPDATE two SET v = 1 WHERE id = 1");
  }
}
