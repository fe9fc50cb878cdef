package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Query that Guard sends by statements, in a pipeline without Sync: the transaction that the
 * pipeline has open is told, and lasts or ends, as the server does alone.
 */
class QueryInPipelineIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final Message[] END = {
    new Parse("broken", "SELECT nothing_of_this_name", new int[0]),
    new Sync(),
    new Query("SELECT count(*) FROM pieces"),
    new Close('S', "mark"),
    new Sync()
  };

  private static String direct;
  private static String guarded;

  @BeforeAll
  static void createDatabases() throws Exception {
    direct = POSTGRES.createDatabase("direct");
    guarded = POSTGRES.createDatabase("guarded");
    for (String database : List.of(direct, guarded)) {
      POSTGRES.execute(database, "CREATE TABLE pieces (id int)");
    }
  }

  @AfterAll
  static void dropDatabases() throws Exception {
    POSTGRES.dropDatabase(direct);
    POSTGRES.dropDatabase(guarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO pieces VALUES (2) RETURNING id",
        "INSERT INTO pieces VALUES (2)",
        "SELECT 1",
        "INSERT INTO pieces VALUES (2); INSERT INTO pieces VALUES (3)",
        "SELECT 1/0",
        "COMMIT"
      })
  void query_leavesAndTellsTheTransactionAsWithoutGuard(String text) throws Exception {
    for (String first : List.of("INSERT INTO pieces VALUES (1)", "BEGIN", "")) {
      for (boolean told : new boolean[] {true, false}) {
        List<String> expected = run(direct, first, told, text);
        List<String> actual = run(guarded, first, told, text);
        assertEquals(expected, actual, () -> first + " | " + told + " | " + text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEGIN", "BEGIN; SELECT 1/0"})
  void query_behindAnEndOfTheTransactionThatWasNotToldYet_tellsAsWithoutGuard(String before)
      throws Exception {
    List<List<String>> all = new ArrayList<>();
    for (String database : List.of(direct, guarded)) {
      try (RawClient client = open(database)) {
        client.exchange(1, new Query(before));
        sendUnnamed(client, "COMMIT");
        sendUnnamed(client, "INSERT INTO pieces VALUES (1)");
        client.send(new Query("INSERT INTO pieces VALUES (2)"));
        client.send(END);
        while (!ended(client.transcript.lines)) {
          client.read();
        }
        all.add(client.transcript.take());
      }
    }
    assertEquals(all.get(0), all.get(1));
  }

  private static RawClient open(String database) throws Exception {
    POSTGRES.execute(database, "TRUNCATE pieces");
    RawClient client = new RawClient(POSTGRES, database, new ScriptedGuard());
    client.direct = database.equals(direct);
    client.guard.watched = asked -> !asked.startsWith("COMMIT") && !asked.startsWith("BEGIN");
    client.guard.before = List.of("SELECT 1");
    client.guard.after = List.of("SELECT 2", "SELECT 3");
    return client;
  }

  private static void sendUnnamed(RawClient client, String text) throws IOException {
    client.send(
        new Parse("", text, new int[0]),
        new Bind("", "", new short[0], new byte[0][], new short[0]),
        new Execute("", 0));
  }

  /**
   * @param told whether a Query before it has told of the open transaction
   */
  private static List<String> run(String database, String first, boolean told, String text)
      throws Exception {
    try (RawClient client = open(database)) {
      sendUnnamed(client, first);
      if (told) {
        client.send(new Query(""));
      }
      client.send(new Query(text));
      client.send(END);
      while (!ended(client.transcript.lines)) {
        client.read();
      }
      return client.transcript.take();
    }
  }

  private static boolean ended(List<String> lines) {
    int mark = lines.lastIndexOf("3");
    return mark >= 0 && mark < lines.size() - 1 && lines.get(mark + 1).startsWith("Z");
  }
}
