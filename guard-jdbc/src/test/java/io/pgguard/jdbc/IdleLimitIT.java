package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that lies idle gives its locks back, whatever the client has set. */
class IdleLimitIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("idle", directory);
    database.policy(GuardedDatabase.POLICY.replace("statementTime: 1s", "statementTime: 400ms"));
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static void lockAndLieIdle(Connection connection, String... settings) throws Exception {
    for (String setting : settings) {
      GuardedDatabase.update(connection, "SET " + setting + " = 0");
    }
    connection.setAutoCommit(false);
    GuardedDatabase.first(connection, "SELECT id FROM orders WHERE id = 3 FOR UPDATE");
  }

  /** Waits for the row's lock, as anybody else would. */
  private static void lockIsFree() throws Exception {
    try (Connection other = database.direct()) {
      GuardedDatabase.update(other, "SET statement_timeout = '30s'");
      assertEquals(
          "3", GuardedDatabase.first(other, "SELECT id FROM orders WHERE id = 3 FOR UPDATE"));
    }
  }

  @Test
  void idleTransaction_endsThoughTheClientSwitchedTheLimitsOff() throws Exception {
    try (Connection connection = database.connect()) {
      lockAndLieIdle(
          connection,
          "idle_in_transaction_session_timeout",
          "transaction_timeout",
          "lock_timeout",
          "statement_timeout");
      lockIsFree();
      SQLException told =
          assertThrows(
              SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1 AS one"));
      assertEquals("25P03", told.getSQLState());
      assertTrue(
          String.valueOf(told.getMessage()).contains("may lie idle for 4000 ms"),
          told.getMessage());
    }
    assertFalse(database.logged("SessionClosed", "idle for longer").isEmpty());
  }

  @Test
  void idleConnectionOutsideATransaction_stays() throws Exception {
    try (Connection idle = database.connect();
        Connection connection = database.connect()) {
      assertEquals("1", GuardedDatabase.first(idle, "SELECT 1"));
      lockAndLieIdle(connection, "idle_in_transaction_session_timeout");
      lockIsFree(); // by now the limit has passed for both
      assertEquals("2", GuardedDatabase.first(idle, "SELECT 2"));
    }
  }

  @Test
  void statementThatWaitsForALock_isHeldToTheStatementsTime() throws Exception {
    try (Connection holder = database.direct();
        Connection connection = database.connect()) {
      holder.setAutoCommit(false);
      GuardedDatabase.first(holder, "SELECT id FROM orders WHERE id = 4 FOR UPDATE");
      GuardedDatabase.update(connection, "SET statement_timeout = 0");
      GuardedDatabase.update(connection, "SET lock_timeout = 0");
      SQLException told =
          assertThrows(
              SQLException.class,
              () ->
                  GuardedDatabase.first(
                      connection, "SELECT id FROM orders WHERE id = 4 FOR UPDATE"));
      assertEquals("57014", told.getSQLState());
      holder.rollback();
    }
  }
}
