package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modes, limits and changes of the policy, as a live session meets them. */
class PolicyModesIT {
  @TempDir Path directory;
  private GuardedDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = new GuardedDatabase("modes", directory);
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Test
  void observe_changesNothingAndRecordsWhatItWouldDo() throws Exception {
    database.policy(GuardedDatabase.POLICY.replace("mode: enforce", "mode: observe"));
    try (Connection connection = database.connect()) {
      assertEquals(
          GuardedDatabase.SSN,
          GuardedDatabase.first(connection, "SELECT ssn FROM customers WHERE id = 1"));
      assertEquals(
          1, GuardedDatabase.update(connection, "UPDATE orders SET status = 'o' WHERE id = 1"));
      assertEquals(0, GuardedDatabase.update(connection, "DELETE FROM notes"));
      assertEquals(0, GuardedDatabase.update(connection, "DROP TABLE notes"));
      try (Statement statement = connection.createStatement();
          ResultSet all = statement.executeQuery("SELECT id FROM orders")) {
        int rows = 0;
        while (all.next()) {
          rows++;
        }
        assertEquals(50, rows);
      }
    }
    assertEquals(1, database.logged("StatementDecided", "DELETE FROM notes", "deny").size());
    assertEquals(1, database.logged("StatementDecided", "UPDATE orders", "approve").size());
    assertFalse(database.logged("StatementShaped", "pii.ssn").isEmpty());
  }

  @Test
  void observe_unreadableText_isRefusedAndLogged() throws Exception {
    database.policy(GuardedDatabase.POLICY.replace("mode: enforce", "mode: observe"));
    try (Connection connection = database.connect()) {
      assertThrows(
          StatementRefusedException.class,
          () -> GuardedDatabase.first(connection, "SELECT 1 + 1a"));
      assertEquals("2", GuardedDatabase.first(connection, "SELECT 1 + 1"));
    }
    assertEquals(1, database.logged("StatementDecided", "SELECT 1 + 1a", "deny").size());
  }

  @Test
  void goodPolicy_isInForceInTheSameSession() throws Exception {
    try (Connection connection = database.connect()) {
      String sql = "SELECT ssn FROM customers WHERE id = 1";
      assertEquals("*******0001", GuardedDatabase.first(connection, sql));
      String before = database.guard().policy().hash();
      database.policy(GuardedDatabase.POLICY.replace("{ partial: { keepLast: 4 } } }", "redact }"));
      until(() -> !database.guard().policy().hash().equals(before));
      assertEquals("[redacted]", GuardedDatabase.first(connection, sql));
    }
  }

  @Test
  void badPolicy_leavesTheOldOneAndIsLogged() throws Exception {
    try (Connection connection = database.connect()) {
      database.policy(GuardedDatabase.POLICY.replace("mode: enforce", "mode: enforced"));
      until(() -> !database.logged("PolicyRejected").isEmpty());
      assertEquals(
          "*******0001",
          GuardedDatabase.first(connection, "SELECT ssn FROM customers WHERE id = 1"));
      assertThrows(
          StatementRefusedException.class,
          () -> GuardedDatabase.update(connection, "DROP TABLE notes"));
    }
    String rejected = database.logged("PolicyRejected").get(0);
    assertTrue(rejected.contains("policy.yaml:2:"), rejected);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, "it did not happen in 20 s");
      Thread.onSpinWait();
    }
  }

  @Test
  void maxRows_deliversThatManyAndSaysSo() throws Exception {
    try (Connection connection = database.connect()) {
      SQLException e =
          assertThrows(
              SQLException.class, () -> GuardedDatabase.first(connection, "SELECT id FROM orders"));
      assertEquals("54000", e.getSQLState());
      assertTrue(
          String.valueOf(e.getMessage()).contains("brings more than 40 rows"), e.getMessage());
      assertEquals("1", GuardedDatabase.first(connection, "SELECT id FROM orders LIMIT 40"));
    }
  }

  @Test
  void maxRows_countsOverPortions() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(15);
        int rows = 0;
        try (ResultSet result = statement.executeQuery("SELECT id FROM orders")) {
          while (true) {
            assertTrue(result.next());
            rows++;
          }
        } catch (SQLException e) {
          assertEquals("54000", e.getSQLState());
          assertTrue(rows <= 40, rows + " rows");
        }
      }
      connection.rollback();
    }
  }

  @Test
  void statementTime_endsWhatRunsOver() throws Exception {
    try (Connection connection = database.connect()) {
      overruns(connection);
    }
  }

  @Test
  void statementTime_holdsAfterTheClientSwitchedItOff() throws Exception {
    try (Connection connection = database.connect()) {
      GuardedDatabase.update(connection, "SET statement_timeout = 0");
      overruns(connection);
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
  }

  private static void overruns(Connection connection) {
    SQLException e =
        assertThrows(
            SQLException.class, () -> GuardedDatabase.first(connection, "SELECT pg_sleep(120)"));
    assertEquals("57014", e.getSQLState());
    assertTrue(
        String.valueOf(e.getMessage()).contains("Statements may run 1000 ms"), e.getMessage());
  }
}
