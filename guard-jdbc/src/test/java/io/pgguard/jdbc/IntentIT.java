package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks and why: by property, by client info, by scope. */
class IntentIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("intent", directory);
    database.policy(
        GuardedDatabase.POLICY.replace(
            "rules:\n",
            "rules:\n  - { id: say-why, when: { kind: insert, intent: missing }, then: deny,"
                + " message: \"Say why.\" }\n"
                + "  - { id: ticket, when: { kind: lock, intent: { matches: \"OPS-[0-9]+.*\" } },"
                + " then: allow }\n"));
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static String intentOf(String words) throws Exception {
    String line = database.logged("StatementDecided", words).get(0);
    int from = line.indexOf("\"intent\":\"");
    return from < 0 ? "none" : line.substring(from + 10, line.indexOf('"', from + 10));
  }

  @Test
  void byProperty_isLogged() throws Exception {
    try (Connection connection = database.connect(Map.of("guard.intent", "by property"))) {
      GuardedDatabase.first(connection, "SELECT 1 AS why_property");
    }
    assertEquals("by property", intentOf("why_property"));
  }

  @Test
  void byClientInfo_untilItIsTakenBack() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setClientInfo("guard.intent", "by client info");
      GuardedDatabase.first(connection, "SELECT 1 AS why_info");
      Properties none = new Properties();
      none.setProperty("guard.intent", "by properties");
      connection.setClientInfo(none);
      GuardedDatabase.first(connection, "SELECT 1 AS why_bundle");
      connection.setClientInfo("guard.intent", null);
      GuardedDatabase.first(connection, "SELECT 1 AS why_none");
    }
    assertEquals("by client info", intentOf("why_info"));
    assertEquals("by properties", intentOf("why_bundle"));
    assertEquals("none", intentOf("why_none"));
  }

  @Test
  void ruleForAFormOfIntent_speaksWhileItIsStated() throws Exception {
    String sql = "LOCK TABLE orders IN ACCESS SHARE MODE";
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.setClientInfo("guard.intent", "OPS-17: look");
      GuardedDatabase.run(connection, sql);
      connection.setClientInfo("guard.intent", "just looking");
      SQLException refused =
          assertThrows(SQLException.class, () -> GuardedDatabase.run(connection, sql));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("has the form OPS-[0-9]+.*"),
          refused.getMessage());
      connection.rollback();
      connection.setClientInfo("guard.intent", "OPS-18");
      GuardedDatabase.run(connection, sql);
    }
  }

  @Test
  void clientInfo_cannotChangeWhoAsks() throws Exception {
    try (Connection connection = database.connect()) {
      SQLClientInfoException e =
          assertThrows(
              SQLClientInfoException.class,
              () -> connection.setClientInfo("guard.subject", "root@example.com"));
      assertTrue(
          String.valueOf(e.getMessage())
              .contains("only guard.intent and guard.token may be set later"),
          e.getMessage());
    }
  }

  @Test
  void clientInfo_applicationName_isThePgjdbcsOwn() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setClientInfo("ApplicationName", "reporter");
      assertEquals("reporter", GuardedDatabase.first(connection, "SHOW application_name"));
      assertEquals("reporter", connection.getClientInfo("ApplicationName"));
    }
  }

  @Test
  void byScope_endsWithTheScope() throws Exception {
    try (Connection connection = database.connect(Map.of("guard.intent", "standing"))) {
      try (var scope = GuardContext.intent("by scope").open()) {
        GuardedDatabase.first(connection, "SELECT 1 AS why_scope");
      }
      GuardedDatabase.first(connection, "SELECT 1 AS why_after");
    }
    assertEquals("by scope", intentOf("why_scope"));
    assertEquals("standing", intentOf("why_after"));
  }

  @Test
  void ruleThatAsksForAnIntent_seesIt() throws Exception {
    try (Connection connection = database.connect()) {
      String sql = "INSERT INTO notes (body) VALUES ('why')";
      assertThrows(StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql));
      try (var scope = GuardContext.intent("a reason").open()) {
        assertEquals(1, GuardedDatabase.update(connection, sql));
      }
    }
  }

  @Test
  void scopeOfAnotherSubject_isRefused() throws Exception {
    try (Connection connection = database.connect();
        var scope = GuardContext.subject("bob@example.com").open()) {
      SQLException e =
          assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1"));
      assertEquals("28000", e.getSQLState());
      assertTrue(
          String.valueOf(e.getMessage()).contains("This connection belongs to ana@example.com"),
          e.getMessage());
    }
  }

  @Test
  void openedWithinAScope_takesItsSubject() throws Exception {
    try (var scope = GuardContext.subject("cleo@example.com").withAgent("a1", "m1").open();
        Connection connection = DriverManager.getConnection(database.url())) {
      GuardedDatabase.first(connection, "SELECT 1 AS by_cleo");
    }
    assertFalse(database.logged("SessionOpened", "cleo@example.com", "a1", "m1").isEmpty());
  }

  @Test
  void scopesAreOfTheirThread() throws Exception {
    try (var scope = GuardContext.intent("mine").open()) {
      boolean[] seen = {true};
      Thread other = new Thread(() -> seen[0] = GuardContext.current().isPresent());
      other.start();
      other.join();
      assertFalse(seen[0]);
    }
    assertTrue(GuardContext.current().isEmpty());
  }
}
