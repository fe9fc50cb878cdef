package io.pgguard.corpus.worlds;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final long MOST_MADE = 400_000;

  @TempDir Path home = Path.of(".");

  @Test
  void eachKindOfFault_isFound() throws Exception {
    assumeTrue(Boolean.getBoolean("guard.worlds.faults"), "asked for by name alone");
    List<String> missed = new ArrayList<>();
    System.out.printf("%-22s %9s %9s  %s%n", "fault put back", "cases", "seconds", "found by");
    for (Fault fault : Fault.values()) {
      Setting setting = Setting.of(fault == Fault.UNKNOWN_TO_SNAPSHOT ? "deny/own" : "deny");
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
      if (by.isEmpty()) {
        missed.add(fault.name());
      }
    }
    assertTrue(missed.isEmpty(), "faults that were not found: " + missed);
  }
}
