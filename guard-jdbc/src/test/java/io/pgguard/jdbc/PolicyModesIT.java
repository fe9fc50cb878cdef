package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    // the log tells what happened: nothing was masked
    assertFalse(
        database
            .logged("StatementShaped", "\"masked\":[]", "\"wouldMask\":[", "pii.ssn")
            .isEmpty());
    assertTrue(database.logged("\"masked\":[{").isEmpty());
  }

  /** What a driver does in its own ways passes too: calls, changes through results, all modes. */
  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
  void observe_leavesTheDriversWaysAlone(String mode) throws Exception {
    database.policy(GuardedDatabase.POLICY.replace("mode: enforce", "mode: observe"));
    try (Connection connection = database.connect(Map.of("preferQueryMode", mode))) {
      if (!mode.equals("simple")) { // in which PgJDBC itself makes no call
        try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
          call.registerOutParameter(1, Types.VARCHAR);
          call.setString(2, "x");
          call.execute();
          assertEquals("X", call.getString(1));
        }
      }
      try (Statement statement =
              connection.createStatement(
                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
          ResultSet result =
              statement.executeQuery("SELECT id, ssn, name FROM customers WHERE id = 1")) {
        assertTrue(result.next());
        assertEquals(GuardedDatabase.SSN, result.getString("ssn"));
        result.updateString("ssn", result.getString("ssn"));
        result.updateString("name", "Ada");
        result.updateRow();
      }
      GuardedDatabase.run(
          connection,
          "SET my.setting = '1'",
          "SET ROLE NONE",
          "SET search_path TO public, pg_catalog",
          "SELECT pg_advisory_lock(1), count(*) FROM employees WHERE salary > 1",
          "BEGIN; CREATE TEMP TABLE t AS SELECT ssn FROM customers; COMMIT",
          "DISCARD ALL");
      SQLException direct =
          assertThrows(
              SQLException.class,
              () -> GuardedDatabase.first(connection, "SELECT ssn::int FROM customers"));
      assertEquals("22P02", direct.getSQLState());
      assertTrue(String.valueOf(direct.getMessage()).contains("901-02"), direct.getMessage());
    }
    assertEquals("Ada", database.truth("SELECT name FROM customers WHERE id = 1"));
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
