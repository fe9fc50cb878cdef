package io.pgguard.pgwire.session;

import static io.pgguard.pgwire.session.RawClient.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.session.Awaited;
import io.pgguard.session.Ruling;
import io.pgguard.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message whose answer comes later: it waits, and nothing but it gets that answer. */
class AwaitedAnswersIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database;

  private RawClient client;

  /** The answers that were asked for, in order. */
  private final List<Later> asked = new ArrayList<>();

  @BeforeAll
  static void createDatabase() throws Exception {
    database = POSTGRES.createDatabase("awaited");
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
    client.guard.answers =
        answer -> {
          asked.add(new Later(answer));
          return asked.get(asked.size() - 1);
        };
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  /** An answer that comes when the test says so, in as many steps. */
  private static final class Later implements Awaited<Ruling> {
    private final Awaited<Ruling> answer;
    private final List<Runnable> tasks = new ArrayList<>();
    private int steps = 1;
    private boolean step;
    private int looks = -1;
    private @Nullable String dropped;

    Later(Awaited<Ruling> answer) {
      this.answer = answer;
    }

    @Override
    public boolean isReady() {
      return steps == 0;
    }

    @Override
    public boolean goesOn() {
      if (step && steps > 0) {
        step = false;
        steps--;
      }
      boolean there = isReady();
      if (--looks == 0) {
        steps = 0;
      }
      return there;
    }

    @Override
    public void whenReady(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void drop(String why) {
      dropped = why;
    }

    @Override
    public Ruling await() {
      assertTrue(isReady(), "the loop would wait");
      return answer.await();
    }
  }

  private static Bind bind(String value) {
    byte[][] values = {value.getBytes(StandardCharsets.UTF_8)};
    return new Bind("", "", new short[0], values, new short[0]);
  }

  private List<String> goOn(int readies) throws Exception {
    int until = client.transcript.ready + readies;
    client.session.resume();
    while (client.transcript.ready < until) {
      client.read();
    }
    return client.transcript.take();
  }

  @Test
  void answerInSteps_isGoneAfterInTheSessionsThread() throws Exception {
    client.send(
        parse("INSERT INTO notes VALUES ($1::int)"), bind("1"), new Execute("", 0), new Sync());
    Later later = asked.get(0);
    later.steps = 2;
    assertSame(later, client.session.awaits().orElseThrow());
    assertFalse(client.session.idle(), "it is not drained while it waits");
    client.session.resume();
    assertSame(later, client.session.awaits().orElseThrow(), "nothing has come yet");
    later.step = true;
    client.session.resume();
    assertSame(later, client.session.awaits().orElseThrow(), "there is more to wait for");
    later.step = true;
    assertEquals(List.of("1", "2", "C INSERT 0 1", "Z I"), goOn(1));
    assertTrue(client.session.awaits().isEmpty());
    assertEquals(1, asked.size());
  }

  /** As the disk's may: nobody would go on with it if it were not told of now. */
  @Test
  void answerThatComesOnceItWasLookedFor_isStillAwaited() throws Exception {
    client.send(
        parse("INSERT INTO notes VALUES ($1::int)"), bind("5"), new Execute("", 0), new Sync());
    Later later = asked.get(0);
    later.looks = 2; // going on looks once, the message that waits once more
    client.session.resume();
    assertSame(later, client.session.awaits().orElseThrow());
    assertEquals(List.of("1", "2", "C INSERT 0 1", "Z I"), goOn(1));
    assertTrue(client.session.awaits().isEmpty());
  }

  @Test
  void messageThatIsSkipped_leavesItsAnswerToNoOther() throws Exception {
    client.send(parse("SELECT 1 / $1::int"), bind("0"), new Execute("", 0));
    asked.get(0).steps = 0;
    client.session.resume();
    client.send(parse("INSERT INTO notes VALUES ($1::int)"), bind("1"));
    while (asked.get(1).dropped == null) {
      client.read(); // the division fails: the server skips what is behind it
    }
    assertEquals("an earlier statement of the same batch failed", asked.get(1).dropped);
    assertTrue(client.session.awaits().isEmpty());
    int synced = client.transcript.ready + 1;
    client.send(new Sync());
    asked.get(1).steps = 0;
    client.send(
        parse("INSERT INTO notes VALUES ($1::int)"), bind("2"), new Execute("", 0), new Sync());
    while (client.transcript.ready < synced) {
      client.read();
    }
    assertEquals(3, asked.size(), "it asks for itself");
    asked.get(2).steps = 0;
    client.transcript.take();
    goOn(1);
    client.guard.answers = answer -> answer;
    assertEquals("D 2", client.exchange(1, new Query("SELECT id FROM notes")).get(1));
  }

  @Test
  void clientThatLeaves_dropsTheAnswerAndNothingRuns() throws Exception {
    client.send(new Query("INSERT INTO notes VALUES (3)"));
    Later later = asked.get(0);
    client.session.close();
    assertEquals("the connection was closed", later.dropped);
    assertTrue(client.session.awaits().isEmpty());
    assertFalse(client.sent.toString(StandardCharsets.UTF_8).contains("VALUES (3)"));
    later.steps = 0;
    client.session.resume();
    assertFalse(client.sent.toString(StandardCharsets.UTF_8).contains("VALUES (3)"));
  }

  @Test
  void sessionThatEnds_dropsTheAnswer() throws Exception {
    client.send(new Query("INSERT INTO notes VALUES (4)"));
    client.session.end(io.pgguard.wording.ConnectWording.SHUTDOWN.say());
    assertEquals(1, asked.size());
    assertTrue(String.valueOf(asked.get(0).dropped).length() > 4, "with the reason");
  }
}
