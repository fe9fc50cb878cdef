package io.pgguard.pgwire.session;

import static io.pgguard.pgwire.session.RawClient.bind;
import static io.pgguard.pgwire.session.RawClient.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked about the catalog goes with the statement, and the client sees nothing of it. */
class CatalogInquiryIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String SYNC = "S\0\0\0\4";
  private static String database;

  private RawClient client;

  @BeforeAll
  static void createDatabase() throws Exception {
    database = POSTGRES.createDatabase("inquiry");
    POSTGRES.execute(database, "CREATE TABLE notes (id int, t text)");
  }

  @AfterAll
  static void dropDatabase() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  @BeforeEach
  void connect() throws Exception {
    client = new RawClient(POSTGRES, database, new ScriptedGuard());
    client.exchange(1, new Query("TRUNCATE notes"));
    client.guard.events.clear();
    client.guard.asks = text -> text.contains("notes");
    client.guard.lasts = text -> text.startsWith("INSERT");
    client.guard.bounded = false;
    client.sent.reset();
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  private List<String> run(String text) throws Exception {
    return client.exchange(
        1, parse(text), bind(), new Describe('P', ""), new Execute("", 0), new Sync());
  }

  private String sent() {
    return client.sent.toString(StandardCharsets.ISO_8859_1);
  }

  private int times(String what) {
    return sent().split(what, -1).length - 1;
  }

  private int asked() {
    return times("guard_catalog\0guard_catalog\0");
  }

  private int prepared() {
    return times("pg_current_snapshot");
  }

  private String count() throws Exception {
    client.guard.asks = text -> false;
    return client.exchange(1, new Query("SELECT count(*) FROM notes")).get(1);
  }

  @Test
  void statementsOneByOne_areAskedInTheirOwnFlightAndPreparedOnce() throws Exception {
    for (int i = 1; i <= 3; i++) {
      client.sent.reset();
      client.send(
          parse("SELECT id FROM notes"),
          bind(),
          new Describe('P', ""),
          new Execute("", 0),
          new Sync());
      assertEquals(1, asked());
      assertEquals(i == 1 ? 1 : 0, prepared());
      assertTrue(sent().endsWith(SYNC), "nothing is waited for");
      assertEquals(List.of("1", "2", "T id", "C SELECT 0", "Z I"), client.exchange(1));
    }
    List<String> events = client.guard.events;
    assertTrue(
        events.indexOf("told 3 <- SELECT id FROM notes")
            < events.indexOf("completed SELECT 0 <- SELECT id FROM notes"),
        events::toString);
  }

  @Test
  void simpleQuery_isAskedInItsOwnFlight() throws Exception {
    client.send(new Query("SELECT id FROM notes"));
    assertEquals(1, asked());
    assertTrue(sent().endsWith(SYNC), "nothing is waited for");
    assertEquals(List.of("T id", "C SELECT 0", "Z I"), client.exchange(1));
    assertEquals(
        List.of("C INSERT 0 1", "Z I"),
        client.exchange(1, new Query("INSERT INTO notes VALUES (1)")));
    assertEquals(
        List.of("E 42703 column \"nosuch\" does not exist", "Z I"),
        client.exchange(1, new Query("SELECT nosuch FROM notes")));
    assertEquals(
        List.of("T id", "D 1", "C SELECT 1", "Z I"),
        client.exchange(1, new Query("SELECT id FROM notes;")));
  }

  @Test
  void batchOfOneStatement_isAskedOnceAndOnceAtItsEnd() throws Exception {
    String insert = "INSERT INTO notes VALUES (1) RETURNING id";
    client.exchange(1, new Parse("s", insert, new int[0]), new Describe('S', "s"), new Sync());
    List<Message> batch = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      batch.add(new Bind("", "s", new short[0], new byte[0][], new short[0]));
      batch.add(new Execute("", 0));
    }
    batch.add(new Sync());
    client.sent.reset();
    client.send(batch.toArray(new Message[0]));
    assertEquals(50, times("(?s)B\0\0\0.\0s\0"), "none waits for another");
    assertFalse(sent().endsWith(SYNC), "its effect does not last yet");
    List<String> lines = client.exchange(1);
    assertEquals(2, asked());
    assertEquals(50, lines.stream().filter("C INSERT 0 1"::equals).count());
    assertEquals("Z I", lines.get(lines.size() - 1));
    assertEquals(
        50, client.guard.events.stream().filter(each -> each.startsWith("told 3 <-")).count());
    assertEquals("D 50", count());
  }

  @Test
  void whatMayNotLast_isUndone() throws Exception {
    client.guard.mayLast = false;
    List<String> lines = run("INSERT INTO notes VALUES (1)");
    assertEquals(List.of("1", "2", "n", "C INSERT 0 1"), lines.subList(0, 4));
    assertTrue(lines.get(4).startsWith("E 0A000"), lines::toString);
    assertEquals("Z I", lines.get(5));
    lines = client.exchange(1, new Query("INSERT INTO notes VALUES (1)"));
    assertTrue(lines.get(1).startsWith("E 0A000"), lines::toString);
    lines =
        client.exchange(
            2,
            parse("INSERT INTO notes VALUES (1)"),
            bind(),
            new Execute("", 0),
            parse("COMMIT"),
            bind(),
            new Execute("", 0),
            new Sync(),
            new Query("SELECT 1 AS one"));
    assertEquals(1, lines.stream().filter(line -> line.startsWith("E 0A000")).count());
    client.guard.mayLast = true;
    assertEquals("D 0", count());
  }

  @Test
  void commit_isAskedAboutAndAnsweredOnce() throws Exception {
    client.guard.lasts = text -> false;
    client.guard.mayLast = false;
    client.guard.commits = true;
    client.exchange(2, new Query("BEGIN"), new Query("INSERT INTO notes VALUES (1)"));
    List<String> lines = client.exchange(1, new Query("COMMIT"));
    assertTrue(lines.get(0).startsWith("E 0A000"), lines::toString);
    assertEquals("Z E", lines.get(1));
    client.exchange(1, new Query("ROLLBACK"));

    client.guard.mayLast = true;
    client.guard.commits = true;
    client.exchange(2, new Query("BEGIN"), new Query("INSERT INTO notes VALUES (1)"));
    assertEquals(List.of("C COMMIT", "Z I"), client.exchange(1, new Query("COMMIT")));
    assertTrue(client.guard.events.contains("told 3 at the end"));

    client.guard.commits = true;
    client.exchange(2, new Query("BEGIN"), new Query("SELECT 1 / 0"));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("COMMIT")));
    assertEquals("D 1", count());
  }

  @Test
  void resultWithoutRows_isToldOnlyIfItStands() throws Exception {
    client.guard.changed = text -> text.contains("notes");
    List<String> lines = run("SELECT id FROM notes");
    assertEquals(List.of("1", "2", "T id"), lines.subList(0, 3));
    assertTrue(lines.get(3).startsWith("E 0A000"), lines::toString);
    assertEquals("Z I", lines.get(4));
    assertTrue(client.guard.events.contains("failed 0A000 <- SELECT id FROM notes"));
    client.exchange(1, new Query("BEGIN"));
    assertEquals("Z E", run("INSERT INTO notes VALUES (1)").get(4));
    client.exchange(1, new Query("ROLLBACK"));
    assertEquals("D 0", count());
  }

  @Test
  void afterCodeThatIsNotFollowed_anotherInItsPlaceIsNotAsked() throws Exception {
    run("SELECT id FROM notes");
    client.exchange(
        1,
        new Query(
            "DO $$BEGIN EXECUTE 'DEALLOCATE guard_' || 'catalog';"
                + " EXECUTE 'PREPARE guard_' || 'catalog AS SELECT 1'; END$$"));
    client.sent.reset();
    client.guard.events.clear();
    run("SELECT id FROM notes");
    assertEquals(1, prepared());
    assertTrue(client.guard.events.contains("told 3 <- SELECT id FROM notes"));
    client.sent.reset();
    run("SELECT id FROM notes");
    assertEquals(0, prepared());
    client.exchange(2, new Query("BEGIN"), new Query("DO $$BEGIN NULL; END$$"));
    for (int i = 0; i < 2; i++) {
      client.sent.reset();
      run("SELECT id FROM notes");
      assertEquals(1, prepared(), "deferred triggers may still run");
    }
    client.exchange(1, new Query("COMMIT"));
  }

  @Test
  void questionThatIsSkipped_isAskedAgain() throws Exception {
    List<String> lines =
        client.exchange(
            1,
            parse("SELECT 1 / 0"),
            bind(),
            new Execute("", 0),
            new Parse("t", "SELECT id FROM notes", new int[0]),
            new Bind("", "t", new short[0], new byte[0][], new short[0]),
            new Execute("", 0),
            new Sync());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("E 22012")), lines::toString);
    assertEquals(List.of("1", "2", "T id", "C SELECT 0", "Z I"), run("SELECT id FROM notes"));
  }
}
