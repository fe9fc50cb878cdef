package io.pgguard.corpus.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.corpus.random.Tally.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random statements run directly and guarded: no canary comes through, and what touches nothing
 * protected is the same.
 *
 * <p>System properties: {@code guard.random.statements} (how many), {@code guard.random.seed},
 * {@code guard.random.first} (the first statement's number), {@code guard.random.workers}, {@code
 * guard.random.report} (a file for every failing text).
 */
class RandomQueriesIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("guard.shared", "../../shared"), "corpus", "redteam");
  private static final long SEED = Long.getLong("guard.random.seed", 20261122L);
  private static final long COUNT = Long.getLong("guard.random.statements", 1_500L);
  private static final long PROGRESS = 5_000;

  private final Tally tally = new Tally();
  private final AtomicLong next = new AtomicLong(Long.getLong("guard.random.first", 0L));
  private final long last = next.get() + COUNT;

  @TempDir Path home = Path.of(".");

  @Test
  void guarded_nothingProtectedComesThroughAndOpenWorkIsTheSame() throws Exception {
    assumeTrue(Files.exists(CORPUS.resolve("schema.sql")), "the corpus is not at hand: " + CORPUS);
    System.out.println("random statements from seed " + SEED);
    CanaryTrie canaries = CanaryTrie.read(CORPUS.resolve("canaries.txt"));
    int workers = Integer.getInteger("guard.random.workers", 2);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (CorpusDatabase database = CorpusDatabase.create(CORPUS)) {
      Generator generator = new Generator(model(database), SEED);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        tasks.add(() -> work(database, generator, canaries));
      }
      for (Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      pool.shutdown();
    }
    System.out.print(tally.measures());
    System.out.print(tally.details(Integer.getInteger("guard.random.texts", 5)));
    writeReport();
    assertEquals(0, tally.count(Outcome.LEAK), "canaries came through; seed " + SEED);
    assertEquals(0, tally.count(Outcome.DIFFERENT), "open statements differ; seed " + SEED);
  }

  private SchemaModel model(CorpusDatabase database) throws Exception {
    try (Connection direct = database.direct()) {
      return SchemaModel.read(direct, CORPUS.resolve("sensitive.json"));
    }
  }

  private Void work(CorpusDatabase database, Generator generator, CanaryTrie canaries)
      throws Exception {
    try (Comparison comparison =
        new Comparison(
            database, home, canaries, tally, Integer.getInteger("guard.random.shrunk", 4))) {
      for (long number = next.getAndIncrement(); number < last; number = next.getAndIncrement()) {
        run(comparison, generator.statement(number));
        if (tally.total() % PROGRESS == 0) {
          System.out.printf(
              "%d statements, %d leaks, %d differences%n",
              tally.total(), tally.count(Outcome.LEAK), tally.count(Outcome.DIFFERENT));
          writeReport();
        }
      }
    }
    return null;
  }

  private static void run(Comparison comparison, RandomStatement statement) throws Exception {
    try {
      comparison.run(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "seed " + SEED + ", #" + statement.number() + " broke a connection: " + statement.sql(),
          e);
    }
  }

  private void writeReport() throws Exception {
    String file = System.getProperty("guard.random.report", "");
    if (!file.isEmpty()) {
      Files.writeString(
          Path.of(file), "seed " + SEED + "\n" + tally.measures() + tally.details(400));
    }
  }
}
