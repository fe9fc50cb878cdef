package io.pgguard.corpus.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The generator alone: what it writes runs, and it knows what it used of the protected. */
class RandomStatementsIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("guard.shared", "../../shared"), "corpus", "redteam");

  @Test
  void directly_mostStatementsRunAndTheirLabelsHold() throws Exception {
    assumeTrue(Files.exists(CORPUS.resolve("schema.sql")), "the corpus is not at hand: " + CORPUS);
    int count = Integer.getInteger("guard.random.direct", 1500);
    long seed = Long.getLong("guard.random.seed", 20261122L);
    int good = 0;
    int revealing = 0;
    Map<String, Integer> errors = new TreeMap<>();
    CanaryTrie canaries = CanaryTrie.read(CORPUS.resolve("canaries.txt"));
    try (CorpusDatabase database = CorpusDatabase.create(CORPUS);
        Connection direct = database.direct()) {
      Generator generator =
          new Generator(SchemaModel.read(direct, CORPUS.resolve("sensitive.json")), seed);
      for (int number = 0; number < count; number++) {
        RandomStatement statement = generator.statement(number);
        Observation seen =
            Observation.of(direct, statement.sql(), statement.writes(), number % 3 == 0);
        good += seen.failed() ? 0 : 1;
        if (seen.failed()) {
          errors.merge(
              seen.state()
                  + " "
                  + seen.error().lines().findFirst().orElse("").replaceAll("[a-z]+\\d+", "N"),
              1,
              Integer::sum);
          if (Boolean.getBoolean("guard.random.errors")) {
            System.out.println(
                number + " " + seen.error().strip().replace('\n', ' ') + "\n   " + statement.sql());
          }
        }
        String canary = canaries.find(seen.texts());
        revealing += canary.isEmpty() ? 0 : 1;
        assertTrue(
            canary.isEmpty()
                || statement.hotColumn()
                || seen.failed(), // an error may print a whole row
            () ->
                "seed "
                    + seed
                    + " statement "
                    + statement.number()
                    + " gives "
                    + canary
                    + " but is said to use nothing protected: "
                    + statement.sql());
      }
      assertEquals(generator.statement(7).sql(), generator.statement(7).sql());
    }
    System.out.printf(
        "random statements directly: seed %d, %d of %d run, %d reveal a canary%n",
        seed, good, count, revealing);
    errors.entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .limit(25)
        .forEach(e -> System.out.println("  " + e.getValue() + " " + e.getKey()));
    assertTrue(good >= count * 0.8, "only " + good + " of " + count + " statements run directly");
    assertTrue(
        revealing > count / 50,
        "the generator should write statements that reveal protected values directly");
  }
}
