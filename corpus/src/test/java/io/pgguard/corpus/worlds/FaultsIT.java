package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine finds each kind of fault from a cold start: prints how many cases and seconds it
 * took. Runs with {@code -P worlds -Dguard.worlds.faults=true}; {@code -Dguard.worlds.seed=S}.
 */
class FaultsIT {
  private static final long SEED = Long.getLong("guard.worlds.seed", 20261130L);
  private static final long MOST_MADE = 150_000;

  /** {@code -Dguard.worlds.fault=A,B} puts back these alone. */
  private static List<Fault> chosen() {
    String names = System.getProperty("guard.worlds.fault", "");
    return names.isEmpty()
        ? List.of(Fault.values())
        : Arrays.stream(names.split(",", -1)).map(Fault::valueOf).toList();
  }

  @TempDir Path home = Path.of(".");

  @Test
  void eachKindOfFault_isFound() throws Exception {
    assumeTrue(Boolean.getBoolean("guard.worlds.faults"), "asked for by name alone");
    List<String> missed = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    System.out.printf("%-22s %9s %9s  %s%n", "fault put back", "cases", "seconds", "found by");
    for (Fault fault : chosen()) {
      Setting setting = fault.setting();
      WorldsRun run =
          new WorldsRun(
                  WorldServers.chosen(), Files.createDirectory(home.resolve(fault.name())), SEED)
              .with(fault);
      AtomicLong cases = new AtomicLong(-1);
      List<String> by = new ArrayList<>();
      double seconds =
          run.until(
              setting,
              () -> by.isEmpty() && run.tally().made() < MOST_MADE,
              finding -> {
                cases.compareAndSet(-1, run.tally().made());
                by.add(finding.line());
              });
      System.out.printf(
          "%-22s %9d %9.1f  %s%n",
          fault, cases.get(), seconds, by.isEmpty() ? "nothing" : by.get(0));
      times.add(seconds);
      if (by.isEmpty()) {
        missed.add(fault.name());
      }
    }
    times.sort(null);
    System.out.printf(
        "%d kinds on %s, seed %d: median %.1f s, longest %.1f s, not found: %s%n",
        times.size(),
        WorldServers.chosen(),
        SEED,
        times.get(times.size() / 2),
        times.get(times.size() - 1),
        missed);
    assertTrue(missed.isEmpty(), "faults that were not found: " + missed);
  }
}
