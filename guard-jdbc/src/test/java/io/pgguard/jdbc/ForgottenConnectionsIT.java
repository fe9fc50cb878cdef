package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** A connection that its owner lost is closed at the server once it is garbage, as PgJDBC's own. */
class ForgottenConnectionsIT {
  private static final int MANY = 10;
  private static final int MOST_COLLECTIONS = 300;
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("forgotten", directory);
    database.policy(GuardedDatabase.POLICY.replace("limits: { statementTime: 1s }", ""));
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  /** Leaves connections with open results behind; nothing but what this gives refers to them. */
  private static List<Connection> forget(boolean inTransaction) throws SQLException {
    List<Connection> made = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Connection connection = database.connect();
      made.add(connection);
      connection.setAutoCommit(!inTransaction);
      Statement statement = connection.createStatement();
      statement.setFetchSize(5);
      ResultSet result =
          statement.executeQuery("SELECT id, name AS forgotten FROM customers LIMIT 30");
      result.next();
    }
    return made;
  }

  private static int open(Connection direct) throws SQLException {
    return Integer.parseInt(
        GuardedDatabase.first(
            direct,
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT id, name AS forgotten%'"));
  }

  private static void assertCollected(boolean inTransaction) throws SQLException {
    forget(inTransaction);
    assertEquals(0, left(MOST_COLLECTIONS), "connections that nobody closes");
  }

  /** How many are open after so many collections, or sooner where none is. */
  private static int left(int collections) throws SQLException {
    try (Connection direct = database.direct()) {
      int left = open(direct);
      for (int i = 0; left > 0 && i < collections; i++) {
        System.gc();
        GuardedDatabase.first(direct, "SELECT pg_sleep(0.05)"); // the cleaner's turn
        left = open(direct);
      }
      return left;
    }
  }

  @Test
  void droppedWithAnOpenResult_closed() throws Exception {
    int before = database.logged("SessionClosed").size();
    assertCollected(false);
    assertTrue(database.logged("SessionClosed").size() >= before + MANY, "told to the log");
  }

  @Test
  void droppedInsideATransaction_closed() throws Exception {
    assertCollected(true);
  }

  /** The fault put back: something that lives on refers to each connection. */
  @Test
  void heldBySomethingThatLives_isSeen() throws Exception {
    List<Connection> held = forget(false);
    assertEquals(MANY, left(10));
    for (Connection connection : held) {
      connection.close();
    }
  }
}
