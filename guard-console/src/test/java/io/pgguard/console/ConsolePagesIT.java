package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What auditors see of sessions that were, and what they do not. */
@Timeout(120)
class ConsolePagesIT {
  private static final Pattern SESSION = Pattern.compile("href=\"(/sessions/[^\"]+)\"");

  @TempDir static Path directory;
  private static ConsoleWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = new ConsoleWorld(directory);
    work("ana");
    work("carl"); // who is cleared for all of it
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static void work(String user) throws SQLException {
    try (Connection connection = world.connect(user);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT id, ssn, city FROM customers WHERE id = 1").close();
      statement.executeQuery("SELECT body FROM notes ORDER BY id").close();
      assertThrows(SQLException.class, () -> statement.execute("DROP TABLE notes"));
    }
  }

  private static String session(Browser browser, String person) throws Exception {
    Matcher found = SESSION.matcher(browser.get("/sessions?q=" + person).body());
    String first = "";
    while (found.find()) {
      first = found.group(1); // the latest comes first
    }
    assertFalse(first.isEmpty(), person);
    return first;
  }

  @Test
  void aSession_isReplayed_andShowsNoMoreThanItsViewerMaySee() throws Exception {
    Browser ola = world.loggedIn(ConsoleWorld.OLA);
    for (String person : new String[] {"ana", "carl"}) {
      String page = ola.get(session(ola, person)).body();
      assertTrue(page.contains("note 3"), page);
      assertTrue(page.contains("Oslo"), page);
      assertTrue(page.contains("Ask in the DBA channel."), page);
      assertFalse(page.contains(ConsoleWorld.SSN), "what " + person + " saw is hidden from ola");
      assertTrue(page.contains("hidden: pii.ssn"), page);
    }
    Browser all = world.loggedIn(ConsoleWorld.AUD);
    assertTrue(all.get(session(all, "carl")).body().contains(ConsoleWorld.SSN));
    String found = ola.get(session(ola, "ana") + "?q=drop").body();
    assertTrue(found.contains("#4<"), found);
    assertFalse(found.contains("#1<"), found);
  }

  @Test
  void theFrontPage_counts() throws Exception {
    String page = world.loggedIn(ConsoleWorld.OLA).get("/").body();
    assertTrue(page.contains("<b>2</b> refused"), page);
    assertTrue(page.contains("role=\"img\""), page);
    assertFalse(page.contains("/waiting\""), "what only reviewers see is not offered");
  }

  @Test
  void aStatement_isTried_andNothingOfItRuns() throws Exception {
    Browser ola = world.loggedIn(ConsoleWorld.OLA);
    ola.get("/policy");
    String page =
        ola.post(
                "/policy",
                Map.of(
                    "database", world.proxy().databases().get(0),
                    "person", "ana@example.com",
                    "groups", "analysts",
                    "text", "SELECT ssn, city FROM customers"))
            .body();
    assertTrue(page.contains("because of pii.ssn"), page);
    assertTrue(page.contains("decided by layer"), page);
    assertTrue(world.logged("StatementDecided", "SELECT ssn, city FROM customers\"").isEmpty());
  }

  @Test
  void theLog_isVerified() throws Exception {
    Browser ola = world.loggedIn(ConsoleWorld.OLA);
    ola.get("/log");
    String page = ola.post("/log/verify", Map.of()).body();
    while (page.contains("under way")) {
      Thread.onSpinWait();
      page = ola.get("/log").body();
    }
    assertTrue(page.contains("verified: ") || page.contains("broken: "), page);
    assertTrue(page.contains("audit-000000000001.jsonl"), page);
  }

  @Test
  void history_tellsWhatBecameOfRequests() throws Exception {
    Thread asks =
        new Thread(
            () -> {
              try (Connection connection = world.connect("ana");
                  Statement statement = connection.createStatement()) {
                assertThrows(
                    SQLException.class,
                    () -> statement.executeUpdate("UPDATE notes SET body = 'history'"));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    asks.start();
    Browser dan = world.loggedIn(ConsoleWorld.DAN);
    String id = world.waiting();
    assertTrue(dan.get("/history").body().contains(">waiting<"));
    dan.get("/requests/" + id);
    dan.post("/requests/" + id + "/refuse", Map.of("reason", "not today"));
    asks.join();
    String page = dan.get("/history").body();
    assertTrue(page.contains(">refused<"), page);
    assertTrue(page.contains("dan@example.com"), page);
    assertEquals(403, dan.get("/sessions").statusCode());
  }
}
