package io.pgguard.corpus.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two databases that differ in protected values alone must look the same through Guard, whatever
 * the statement: this finds a value in any disguise, also a length, an order, a count or an error.
 *
 * <p>System properties: {@code guard.random.worlds} (how many statements), {@code
 * guard.random.seed}, {@code guard.random.first}.
 */
class TwoWorldsIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("guard.shared", "../../shared"), "corpus", "redteam");
  private static final long SEED = Long.getLong("guard.random.seed", 20261122L);

  private static final int SHRUNK = Integer.getInteger("guard.random.shrunk", 4);

  @TempDir Path home = Path.of(".");

  private final List<String> failures = new ArrayList<>();
  private int asked;
  private int answered;
  private int differDirectly;

  @Test
  void guarded_protectedValuesMakeNoDifference() throws Exception {
    assumeTrue(Files.exists(CORPUS.resolve("schema.sql")), "the corpus is not at hand: " + CORPUS);
    long count = Long.getLong("guard.random.worlds", 600L);
    long first = Long.getLong("guard.random.first", 0L);
    List<CorpusDatabase> worlds = CorpusDatabase.worlds(CORPUS, OtherWorld::rewrite);
    try (CorpusDatabase one = worlds.get(0);
        CorpusDatabase other = worlds.get(1);
        Connection directOne = one.direct();
        Connection directOther = other.direct();
        Connection guardedOne = one.guarded(home);
        Connection guardedOther = other.guarded(home)) {
      Generator generator =
          new Generator(SchemaModel.read(directOne, CORPUS.resolve("sensitive.json")), SEED);
      for (long number = first; number < first + count; number++) {
        RandomStatement statement = generator.statement(number);
        if (!statement.hotColumn() && number % 10 != 0) {
          continue; // the others cannot tell the worlds apart unless the generator's labels are
          // wrong
        }
        asked++;
        if (asked % 2000 == 0) {
          System.out.println(
              asked + " asked, " + answered + " answered, " + failures.size() + " differ");
        }
        differDirectly +=
            difference(directOne, directOther, statement.sql(), statement.writes(), false).isEmpty()
                ? 0
                : 1;
        String difference =
            difference(guardedOne, guardedOther, statement.sql(), statement.writes(), true);
        if (!difference.isEmpty()) {
          String text =
              failures.size() < SHRUNK
                  ? Shrinker.shrink(
                          statement.sql(),
                          s -> differs(guardedOne, guardedOther, s, statement.writes()))
                      + "\n    of: "
                      + statement.sql()
                  : statement.sql();
          failures.add("#" + number + " " + difference + "\n    " + text);
        }
      }
    }
    System.out.printf(
        "two worlds: seed %d, %d statements, %d tell the worlds apart directly, Guard answered %d, %d tell them apart through Guard bar 0 %s%n",
        SEED,
        asked,
        differDirectly,
        answered,
        failures.size(),
        failures.isEmpty() ? "pass" : "short");
    failures.stream()
        .limit(Integer.getInteger("guard.random.texts", 10))
        .forEach(System.out::println);
    assertTrue(
        differDirectly > asked / 10,
        "the statements should tell the worlds apart directly: " + differDirectly + " of " + asked);
    assertEquals(0, failures.size(), "statements tell protected values apart; seed " + SEED);
  }

  private String difference(
      Connection one, Connection other, String sql, boolean writes, boolean guarded)
      throws Exception {
    Observation a = Observation.of(one, sql, writes, false);
    Observation b = Observation.of(other, sql, writes, false);
    answered += guarded && !a.failed() ? 1 : 0;
    String difference = a.difference(b);
    if (difference.isEmpty() && !plain(a.error()).equals(plain(b.error()))) {
      difference = "error " + a.error() + " against " + b.error();
    }
    return difference;
  }

  private static String plain(String error) {
    // a refusal is Guard's own, made before the statement ran; its reasons come in no fixed order
    return error.startsWith("ERROR: Guard ") ? "refused" : error;
  }

  private boolean differs(Connection one, Connection other, String sql, boolean writes) {
    try {
      return !difference(one, other, sql, writes, false).isEmpty();
    } catch (Exception e) {
      throw new IllegalStateException("a shortened statement could not be run: " + sql, e);
    }
  }
}
