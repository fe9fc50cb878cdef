package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds that differ in protected values alone look the same through Guard, whatever the statement.
 *
 * <p>By default a slice: a count of cases, from a seed that is printed. The profile {@code worlds}
 * runs for {@code -Dguard.worlds.minutes=N} from {@code -Dguard.worlds.seed=S}, or until {@code
 * -Dguard.worlds.count=N} cases counted (within {@code -Dguard.worlds.atMost=MINUTES}), on {@code
 * -Dguard.worlds.server=embedded|machine}, one machine for each of {@code
 * -Dguard.worlds.settings=deny,equality,deny/own}.
 */
class TwoWorldsIT {
  private static final long SEED = Long.getLong("guard.worlds.seed", 20261130L);
  private static final long MINUTES = Long.getLong("guard.worlds.minutes", 0L);
  private static final long COUNT =
      Long.getLong("guard.worlds.count", MINUTES > 0 ? Long.MAX_VALUE : 3_000L);

  /** A count ends a run whatever the clock says, and a slice has one; unless this bounds both. */
  private static final long SECONDS =
      Long.getLong("guard.worlds.atMost", COUNT == Long.MAX_VALUE ? MINUTES : 0L) * 60;

  private static final String SETTINGS =
      System.getProperty("guard.worlds.settings", "deny,equality");

  /** Of a slice, how many are made where objects are: each reads the catalog again. */
  private static final long OWN_COUNT = 60;

  /** Of fewer that count, too few are run directly for a share to mean anything. */
  private static final long ENOUGH = 1_000;

  @TempDir Path home = Path.of(".");

  @Test
  void guarded_protectedValuesMakeNoDifference() throws Exception {
    List<Setting> settings = Arrays.stream(SETTINGS.split(",", -1)).map(Setting::of).toList();
    WorldsRun run = new WorldsRun(WorldServers.chosen(), home, SEED);
    double seconds = run.run(settings, COUNT, SECONDS, TwoWorldsIT::tell);
    report(run, seconds, "settings " + settings);
  }

  @Test
  void objectsMadeMeanwhile_protectedValuesMakeNoDifference() throws Exception {
    if (MINUTES > 0) {
      return; // the profile's settings say whether they are made
    }
    WorldsRun run = new WorldsRun(WorldServers.chosen(), home, SEED);
    double seconds = run.run(List.of(Setting.of("deny/own")), OWN_COUNT, 0, TwoWorldsIT::tell);
    report(run, seconds, "objects made meanwhile");
  }

  private static void tell(Finding finding) {
    System.out.println("two worlds differ: " + finding.line());
  }

  private static void report(WorldsRun run, double seconds, String what) {
    System.out.printf(
        "two worlds on %s, %s, seed %d%n%s", run.server(), what, SEED, run.tally().table(seconds));
    List<Finding> findings = run.tally().findings();
    assertTrue(
        run.tally().counted() < ENOUGH || run.tally().differDirectly() >= 0.5,
        "at least half of the cases that count must tell the worlds apart when run directly");
    assertEquals(
        0,
        findings.size(),
        () -> findings.stream().map(Finding::line).collect(Collectors.joining("\n", "\n", "")));
  }
}
