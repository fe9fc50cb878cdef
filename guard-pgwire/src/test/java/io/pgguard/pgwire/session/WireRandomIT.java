package io.pgguard.pgwire.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random pipelines against a real server, guarded and not. */
class WireRandomIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final int BATCHES = Integer.getInteger("guard.wire.batches", 600);

  /** A name that stands for nothing that can run: whether for good is not told apart. */
  private static final Pattern UNKNOWN =
      Pattern.compile("E (26000|34000|XX000|55000 portal \"\\w*\" cannot be run|25P02)");

  /** What nobody watches: it changes no rows, or sends data that cannot be kept back. */
  private static final Pattern UNWATCHED =
      Pattern.compile("BEGIN|COMMIT|ROLLBACK|SAVEPOINT|COPY|DECLARE|CLOSE|DEALLOCATE|SHOW");

  private static final String[] ORDINARY = {
    // a Bind that fails while planning leaves an empty portal, which the machine does not know
    "SELECT 1 AS one",
    "SELECT g FROM generate_series(1, 5) g",
    "SELECT 1 / (g - 2) FROM generate_series(1, 3) g",
    "SELEC 1",
    "",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT a",
    "ROLLBACK TO a",
    "INSERT INTO counted VALUES (1) RETURNING id",
    "INSERT INTO counted VALUES (2)",
    "WITH x AS (DELETE FROM counted RETURNING id) SELECT count(*) FROM x",
    "UPDATE counted SET id = id + 1",
    "SELECT FROM generate_series(1, 2)",
    "SHOW server_encoding",
    "SHOW transaction_isolation",
    "COPY (SELECT 1) TO STDOUT",
    "DECLARE k CURSOR WITH HOLD FOR VALUES (1), (2)",
    "CLOSE k",
    "DEALLOCATE ALL"
  };

  /**
   * The simple protocol runs nothing of a text that has a syntax error anywhere; statement by
   * statement it is found where it stands. And what a suspended INSERT has put in is seen by a
   * later statement of the same transaction only once another command has begun: Guard's questions
   * are such commands.
   */
  private static final String[] WELL_FORMED =
      Stream.of(ORDINARY)
          .filter(text -> !text.startsWith("SELEC "))
          .map(
              text ->
                  text.contains("INTO counted") && text.contains("RETURNING")
                      ? text
                      : text.replace("counted", "changed"))
          .toArray(String[]::new);

  private static final String[] SECRET = {
    "SELECT ssn FROM people",
    "SELECT id, ssn FROM people ORDER BY id",
    "SELECT id AS one FROM people",
    "SELECT forbidden",
    "SELECT denied",
    "SELECT ssn AS withheld FROM people",
    "DECLARE p1 CURSOR WITH HOLD FOR SELECT ssn FROM people",
    "FETCH 1 FROM p1",
    "CLOSE p1",
    "PREPARE s1 AS SELECT ssn FROM people",
    "PREPARE q1 AS SELECT ssn FROM people",
    "EXECUTE q1",
    "DEALLOCATE s1",
    "DEALLOCATE ALL",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SELECT 1/0",
    "COPY (SELECT ssn FROM people) TO STDOUT",
    "INSERT INTO people VALUES (7, '123-45-6789') RETURNING ssn",
    "INSERT INTO people VALUES (8, '123-45-6788') RETURNING ssn AS withheld",
    "DELETE FROM people WHERE id > 5"
  };

  private static String direct;
  private static String guarded;

  @BeforeAll
  static void createDatabases() throws Exception {
    direct = POSTGRES.createDatabase("direct");
    guarded = POSTGRES.createDatabase("guarded");
    for (String database : List.of(direct, guarded)) {
      POSTGRES.execute(
          database,
          "CREATE TABLE counted (id int)",
          "CREATE TABLE changed (id int)",
          "CREATE TABLE people (id int, ssn text)",
          "INSERT INTO people SELECT g, '123-45-000' || g FROM generate_series(1, 5) g");
    }
  }

  @AfterAll
  static void dropDatabases() throws Exception {
    POSTGRES.dropDatabase(direct);
    POSTGRES.dropDatabase(guarded);
  }

  @Test
  void ordinaryPipelines_answerAsWithoutGuard() throws Exception {
    long seed = Long.getLong("guard.seed", new Random().nextLong());
    System.out.println("WireRandomIT ordinary seed " + seed);
    Random random = new Random(seed);
    RandomBatches batches = new RandomBatches(random, ORDINARY);
    try (RawClient without = new RawClient(POSTGRES, direct, new ScriptedGuard());
        RawClient with = new RawClient(POSTGRES, guarded, new ScriptedGuard())) {
      without.direct = true;
      String before = "";
      for (int i = 0; i < BATCHES; i++) {
        List<Message> batch = batches.next();
        List<String> expected = run(without, batch);
        List<String> actual = run(with, batch);
        String where = before + "seed " + seed + " batch " + i + ":\n" + told(batch) + "\n";
        before = told(batch) + "\n" + expected + "\n";
        assertEquals(String.join("\n", expected), String.join("\n", actual), where);
      }
    }
  }

  @Test
  void watchedPipelines_answerAsWithoutGuard() throws Exception {
    long seed = Long.getLong("guard.seed", new Random().nextLong());
    System.out.println("WireRandomIT watched seed " + seed);
    Random random = new Random(seed);
    RandomBatches batches = new RandomBatches(random, WELL_FORMED);
    try (RawClient without = new RawClient(POSTGRES, direct, new ScriptedGuard());
        RawClient with = new RawClient(POSTGRES, guarded, new ScriptedGuard())) {
      without.direct = true;
      with.guard.watched = text -> !UNWATCHED.matcher(text).lookingAt();
      with.guard.before = List.of("SELECT 1");
      with.guard.after = List.of("SELECT 2", "SELECT 3");
      String before = "";
      for (int i = 0; i < BATCHES; i++) {
        List<Message> batch = batches.next();
        List<String> expected = run(without, batch);
        List<String> actual = run(with, batch);
        String where = before + "seed " + seed + " batch " + i + ":\n" + told(batch) + "\n";
        before = told(batch) + "\n" + expected + "\n";
        assertEquals(String.join("\n", expected), String.join("\n", actual), where);
      }
    }
  }

  @Test
  void secretPipelines_neverShowTheSecretAndNeverBreak() throws Exception {
    long seed = Long.getLong("guard.seed", new Random().nextLong());
    System.out.println("WireRandomIT secret seed " + seed);
    Random random = new Random(seed);
    RandomBatches batches = new RandomBatches(random, SECRET);
    RawClient client = new RawClient(POSTGRES, guarded, new ScriptedGuard());
    for (int i = 0; i < BATCHES; i++) {
      List<Message> batch = batches.next();
      client.guard.rowLimit = random.nextInt(4) == 0 ? 1 : 1000;
      client.guard.current = random.nextInt(4) > 0;
      List<String> lines = run(client, batch);
      String where = "seed " + seed + " batch " + i + ":\n" + told(batch) + "\n" + lines;
      String came = client.transcript.bytes.toString(StandardCharsets.UTF_8);
      assertFalse(came.contains("Guard ends the connection"), where);
      assertFalse(came.contains("123-45-"), where);
      client.transcript.bytes.reset();
      if (client.session.closed()) { // EXECUTE of a prepared BEGIN makes PostgreSQL give up
        client.close();
        client = new RawClient(POSTGRES, guarded, new ScriptedGuard());
      }
    }
    client.close();
  }

  /** Sends a batch and reads up to the mark; texts of unknown names are left out. */
  private static List<String> run(RawClient client, List<Message> batch) throws Exception {
    try {
      client.send(batch.toArray(new Message[0]));
      while (!finished(client.transcript.lines) && !client.session.closed()) {
        client.read();
      }
    } catch (IOException e) {
      throw new IOException("the server went in\n" + told(batch), e);
    }
    return client.transcript.take().stream()
        .map(line -> UNKNOWN.matcher(line).lookingAt() ? "E unknown" : line)
        .toList();
  }

  private static boolean finished(List<String> lines) {
    int last = lines.size() - 1;
    return last >= RandomBatches.MARK
        && lines.get(last).startsWith("Z")
        && lines.subList(last - RandomBatches.MARK, last).stream().allMatch("3"::equals);
  }

  private static String told(List<Message> batch) {
    return batch.stream()
        .map(
            message -> {
              if (message instanceof Bind bind) {
                return "Bind " + bind.portal() + " <- " + bind.statement();
              }
              if (message instanceof Parse parse) {
                return "Parse " + parse.name() + " = " + parse.text();
              }
              return message.toString();
            })
        .collect(Collectors.joining("\n"));
  }
}
