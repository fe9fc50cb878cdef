package io.pgguard.pgwire.session;

import static io.pgguard.pgwire.session.RawClient.bind;
import static io.pgguard.pgwire.session.RawClient.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.session.Awaited;
import io.pgguard.session.Ruling;
import io.pgguard.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is watched passes as it would unwatched, or leaves nothing behind. */
class WatchedStatementsIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String INSERTED =
      "SELECT pg_catalog.pg_stat_get_xact_tuples_inserted('notes'::pg_catalog.regclass)";
  private static String database;

  private RawClient client;

  @BeforeAll
  static void createDatabase() throws Exception {
    database = POSTGRES.createDatabase("watched");
    POSTGRES.execute(database, "CREATE TABLE notes (id int PRIMARY KEY, t text)");
  }

  @AfterAll
  static void dropDatabase() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  @BeforeEach
  void connect() throws Exception {
    client = new RawClient(POSTGRES, database, new ScriptedGuard());
    client.exchange(1, new Query("DELETE FROM notes"));
    client.guard.events.clear();
    client.guard.watched = text -> text.contains("notes");
    client.guard.over = text -> text.contains("over");
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  private String count() throws Exception {
    client.guard.watched = text -> false;
    return client.exchange(1, new Query("SELECT count(*) FROM notes")).get(1);
  }

  private List<String> run(String text) throws Exception {
    return client.exchange(1, parse(text), bind(), new Execute("", 0), new Sync());
  }

  @Test
  void simpleQuery_answersAsItWouldUnwatched() throws Exception {
    assertEquals(
        List.of("C INSERT 0 2", "Z I"),
        client.exchange(1, new Query("INSERT INTO notes VALUES (1), (2)")));
    assertEquals(
        List.of("T id", "D 1", "D 2", "C DELETE 2", "Z I"),
        client.exchange(1, new Query("DELETE FROM notes RETURNING id")));
    assertEquals(
        List.of("T a", "D 1", "C SELECT 1", "C INSERT 0 1", "T b", "D 2", "C SELECT 1", "Z I"),
        client.exchange(
            1, new Query("SELECT 1 AS a; INSERT INTO notes VALUES (3); SELECT 2 AS b")));
    assertEquals(
        List.of("C BEGIN", "C INSERT 0 1", "Z T"),
        client.exchange(1, new Query("BEGIN; INSERT INTO notes VALUES (4)")));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("ROLLBACK")));
    assertEquals("D 1", count());
  }

  @Test
  void errors_areThoseOfTheStatement() throws Exception {
    List<String> lines =
        client.exchange(1, new Query("SELECT 1 AS a; INSERT INTO notes VALUES (nosuch)"));
    assertEquals("E 42703 column \"nosuch\" does not exist", lines.get(3));
    assertEquals("Z I", lines.get(4));
    assertTrue(client.transcript.bytes.toString(StandardCharsets.UTF_8).contains("P42\0"));
    assertTrue(client.guard.events.toString().contains("failed 42703"));
    assertEquals(
        List.of("1", "E 22012 division by zero", "Z I"), run("INSERT INTO notes VALUES (1 / 0)"));
    client.guard.before = List.of("SELECT 1", "SELECT 2");
    assertEquals(
        List.of("1", "E 22012 division by zero", "Z I"), run("INSERT INTO notes VALUES (1 / 0)"));
    assertEquals("D 0", count());
  }

  @Test
  void questions_areAnsweredInTheStatementsTransaction() throws Exception {
    client.guard.before = List.of(INSERTED);
    client.guard.after = List.of(INSERTED, "SET CONSTRAINTS ALL IMMEDIATE");
    client.exchange(1, new Query("INSERT INTO notes SELECT g FROM generate_series(1, 7) g"));
    assertEquals(
        List.of("1", "2", "D 1", "D 2", "C DELETE 2", "Z I"),
        run("DELETE FROM notes WHERE id < 3 RETURNING id"));
    List<String> events =
        client.guard.events.stream().filter(e -> e.matches("(done|ans).*")).toList();
    assertTrue(events.get(0).startsWith("done INSERT 0 7 [0]"), events::toString);
    assertEquals("answered [7, ]", events.get(1));
    assertTrue(events.get(2).startsWith("done null"), events::toString);
    assertEquals("D 5", count());
  }

  @Test
  void over_leavesNothingBehind() throws Exception {
    assertEquals(
        List.of("E 42501 refused: over", "Z I"),
        client.exchange(1, new Query("INSERT INTO notes VALUES (1, 'over')")));
    assertEquals(
        List.of("1", "2", "E 42501 refused: over", "Z I"),
        run("INSERT INTO notes VALUES (1, 'over') RETURNING id"));
    assertEquals(
        List.of("C INSERT 0 1", "E 42501 refused: over", "Z I"),
        client.exchange(
            1,
            new Query(
                "INSERT INTO notes VALUES (1); INSERT INTO notes VALUES (2, 'over'); SELECT 1")));
    client.guard.after = List.of("SELECT 1");
    assertEquals(
        List.of("C BEGIN", "C INSERT 0 1", "E 42501 refused: over", "Z E"),
        client.exchange(
            1, new Query("BEGIN; INSERT INTO notes VALUES (1); DELETE FROM notes -- over")));
    assertEquals(List.of("C ROLLBACK", "Z I"), client.exchange(1, new Query("COMMIT")));
    assertEquals("D 0", count());
  }

  @Test
  void pipeline_overStopsWhatFollows() throws Exception {
    List<String> lines =
        client.exchange(
            2,
            parse("INSERT INTO notes VALUES (1)"),
            bind(),
            new Execute("", 0),
            parse("INSERT INTO notes VALUES (2, 'over')"),
            bind(),
            new Execute("", 0),
            parse("INSERT INTO notes VALUES (3)"),
            bind(),
            new Execute("", 0),
            new Sync(),
            parse("INSERT INTO notes VALUES (4)"),
            bind(),
            new Execute("", 0),
            new Sync());
    assertEquals(
        List.of(
            "1",
            "2",
            "C INSERT 0 1",
            "1",
            "2",
            "E 42501 refused: over",
            "Z I",
            "1",
            "2",
            "C INSERT 0 1",
            "Z I"),
        lines);
    assertEquals("D 1", count());
  }

  @Test
  void pieces_comeAsTheClientAsksForThem() throws Exception {
    client.exchange(1, new Query("INSERT INTO notes SELECT g FROM generate_series(1, 5) g"));
    List<String> lines =
        client.exchange(
            1,
            parse("UPDATE notes SET t = 'x' RETURNING id"),
            bind(),
            new Describe('P', ""),
            new Execute("", 1),
            new Execute("", 3),
            new Execute("", 0),
            new Sync());
    assertEquals(
        List.of("1", "2", "T id", "D 1", "s", "D 2", "D 3", "D 4", "s", "D 5", "C UPDATE 1", "Z I"),
        lines);
    lines =
        client.exchange(
            1,
            parse("UPDATE notes SET t = 'x' RETURNING id"),
            bind(),
            new Execute("", 2),
            new Execute("", 9),
            new Sync());
    assertEquals(
        List.of("1", "2", "D 1", "D 2", "s", "D 3", "D 4", "D 5", "C UPDATE 3", "Z I"), lines);
  }

  @Test
  void undoneStatement_runsAgainOnceGranted() throws Exception {
    List<Runnable> told = new ArrayList<>();
    boolean[] ready = new boolean[1];
    client.guard.again =
        new Awaited<>() {
          @Override
          public boolean isReady() {
            return ready[0];
          }

          @Override
          public void whenReady(Runnable task) {
            told.add(task);
          }

          @Override
          public Ruling await() {
            client.guard.over = text -> false;
            return new Ruling.Granted(
                List.of(new ScriptedRun(client.guard, "INSERT notes, again", 0)));
          }
        };
    client.send(new Query("INSERT INTO notes VALUES (1, 'over')"), new Query("SELECT 1 AS a"));
    while (client.session.awaits().isEmpty()) {
      client.read();
    }
    assertEquals(List.of(), client.transcript.take());
    ready[0] = true;
    assertEquals(List.of(), client.transcript.take());
    int until = client.transcript.ready + 2;
    client.session.resume();
    while (client.transcript.ready < until) {
      client.read();
    }
    assertEquals(
        List.of("C INSERT 0 1", "Z I", "T a", "D 1", "C SELECT 1", "Z I"),
        client.transcript.take());
    assertEquals("D 1", count());
  }

  @Test
  void answerThatComesOnceItWasLookedFor_isStillAwaited() throws Exception {
    boolean[] ready = new boolean[1];
    client.guard.again =
        new Awaited<>() {
          @Override
          public boolean isReady() {
            return ready[0];
          }

          @Override
          public boolean goesOn() {
            boolean there = ready[0];
            ready[0] = true;
            return there;
          }

          @Override
          public void whenReady(Runnable task) {
            task.run();
          }

          @Override
          public Ruling await() {
            client.guard.over = text -> false;
            return new Ruling.Granted(
                List.of(new ScriptedRun(client.guard, "INSERT notes, again", 0)));
          }
        };
    client.send(new Query("INSERT INTO notes VALUES (1, 'over')"));
    while (!ready[0]) {
      client.read();
    }
    assertFalse(client.session.awaits().isEmpty(), "nobody would go on");
    int until = client.transcript.ready + 1;
    client.session.resume();
    while (client.transcript.ready < until) {
      client.read();
    }
    assertEquals(List.of("C INSERT 0 1", "Z I"), client.transcript.take());
  }

  @Test
  void preparedStatement_runsAgainWithItsRows() throws Exception {
    client.guard.again = again();
    assertEquals(
        List.of("1", "2", "T id", "D 7", "C INSERT 0 1", "Z I"),
        client.exchange(
            1,
            parse("INSERT INTO notes VALUES (7, 'over') RETURNING id"),
            bind(),
            new Describe('P', ""),
            new Execute("", 0),
            new Sync()));
    client.guard.over = text -> text.contains("over");
    assertEquals(
        List.of("1", "2", "C INSERT 0 1", "1", "2", "E 42501 refused: over", "Z I"),
        client.exchange(
            1,
            parse("INSERT INTO notes VALUES (8)"),
            bind(),
            new Execute("", 0),
            parse("INSERT INTO notes VALUES (9, 'over')"),
            bind(),
            new Execute("", 0),
            new Sync()),
        "what ran before it was answered already");
    assertEquals("D 1", count());
  }

  @Test
  void undoneStatementWhoseNameChangedHands_runsAgainAsItWasDecided() throws Exception {
    POSTGRES.execute(
        database,
        "CREATE FUNCTION swap() RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
            + " EXECUTE 'DEALLOCATE s1'; EXECUTE 'PREPARE s1 AS SELECT ''another''';"
            + " RETURN 'itself'; EXCEPTION WHEN invalid_sql_statement_name THEN RETURN 'itself';"
            + " END $$");
    client.guard.again = again();
    List<String> answer =
        client.exchange(
            1,
            new Parse("s1", "SELECT swap() /* notes over */", new int[0]),
            new Bind("", "s1", new short[0], new byte[0][], new short[0]),
            new Execute("", 0),
            new Sync());
    assertEquals(List.of("1", "2", "D itself", "C SELECT 1", "Z I"), answer);
  }

  private Awaited<Ruling> again() {
    return new Awaited<>() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void whenReady(Runnable task) {
        task.run();
      }

      @Override
      public Ruling await() {
        client.guard.over = text -> false;
        return new Ruling.Granted(List.of(new ScriptedRun(client.guard, "INSERT notes, again", 0)));
      }
    };
  }

  @Test
  void questionThatFails_failsTheStatement() throws Exception {
    client.guard.after = List.of("SELECT nosuch");
    assertEquals(
        List.of("E 42501 refused: not counted", "Z I"),
        client.exchange(1, new Query("INSERT INTO notes VALUES (1)")));
    client.guard.after = List.of();
    client.guard.before = List.of("SELECT nosuch");
    assertEquals(
        List.of("1", "2", "E 42501 refused: not counted", "Z I"),
        run("INSERT INTO notes VALUES (1)"));
    assertEquals("D 0", count());
  }

  @Test
  void copyIn_countsBeforeItLasts() throws Exception {
    for (boolean over : new boolean[] {true, false}) {
      client.guard.over = text -> over;
      List<String> lines = new ArrayList<>();
      client.send(new Query("COPY notes FROM STDIN"));
      while (!client.transcript.copyIn) {
        client.read();
      }
      client.transcript.copyIn = false;
      lines.addAll(client.transcript.take());
      lines.addAll(
          client.exchange(
              1, new CopyData("1\tx\n2\ty\n".getBytes(StandardCharsets.UTF_8)), new CopyDone()));
      assertEquals(
          over ? List.of("G", "E 42501 refused: over", "Z I") : List.of("G", "C COPY 2", "Z I"),
          lines);
    }
    assertEquals("D 2", count());
  }

  @Test
  void questionInAFailedTransaction_isToldAsTheServerTellsTheStatement() throws Exception {
    client.guard.before = List.of("SELECT 1");
    client.guard.watched = text -> text.startsWith("INSERT");
    client.exchange(1, new Query("BEGIN"));
    client.exchange(
        1,
        new Parse("s", "INSERT INTO notes VALUES (1)", new int[0]),
        new Bind("p", "s", new short[0], new byte[0][], new short[0]),
        new Sync());
    client.exchange(1, new Query("SELECT 1/0"));
    List<String> lines = client.exchange(1, new Execute("p", 0), new Sync());
    assertTrue(lines.get(0).startsWith("E 25P02"), lines::toString);
    client.exchange(1, new Query("ROLLBACK"));
  }

  @Test
  void reservedNames_areRefused() throws Exception {
    for (String name : List.of("guard_question", "guard_refused")) {
      List<String> lines = client.exchange(1, new Parse(name, "SELECT 1", new int[0]), new Sync());
      assertTrue(lines.get(0).startsWith("E 42939"), lines::toString);
    }
    assertFalse(client.session.closed());
  }

  @Test
  void nameOfAQuestionTakenBySql_failsTheStatement() throws Exception {
    client.exchange(1, new Query("PREPARE guard_question AS SELECT 0"));
    client.guard.after = List.of("SELECT 1");
    assertEquals(
        List.of("E 42501 refused: not counted", "Z I"),
        client.exchange(1, new Query("INSERT INTO notes VALUES (1)")));
    assertEquals("D 0", count());
  }
}
