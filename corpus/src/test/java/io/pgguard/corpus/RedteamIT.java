package io.pgguard.corpus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.testkit.CorpusFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Leaks, dangerous and ordinary statements that Guard did not write, through the JDBC edge, and
 * wire scripts through the proxy.
 */
@Tag("corpus")
class RedteamIT {
  private static final int EVERY = Integer.getInteger("guard.corpus.every", 10);
  private static final String ONLY = System.getProperty("guard.corpus.measure", "");
  private static final List<RedteamRun> RUNS = new ArrayList<>();
  private static final List<CorpusServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    boolean any =
        Stream.of("leaks.jsonl", "dangerous.jsonl", "benign.jsonl")
            .anyMatch(name -> CorpusFolder.find(name).isPresent());
    assumeTrue(any, "skipped: no corpus at " + System.getProperty("guard.corpus"));
    String file = System.getProperty("guard.corpus.report", "target/corpus-report.txt");
    CorpusReport report = new CorpusReport(Path.of(file));
    String only = System.getProperty("guard.corpus.server", "");
    if (!only.equals("machine")) {
      SERVERS.add(CorpusServer.shared());
    }
    if (EVERY == 1 && !only.equals("embedded")) {
      MachinePostgres.start().ifPresent(SERVERS::add);
    }
    for (CorpusServer server : SERVERS) {
      RUNS.add(new RedteamRun(server, report, EVERY));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (RedteamRun run : RUNS) {
      run.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> lines_onEachServer_holdTheirBars() {
    return Stream.iterate(0, i -> i < RUNS.size(), i -> i + 1)
        .map(i -> DynamicContainer.dynamicContainer(SERVERS.get(i).name(), measures(RUNS.get(i))));
  }

  private interface Measured {
    boolean run() throws Exception;
  }

  private static Stream<DynamicTest> measures(RedteamRun run) {
    return Stream.of(
        measure("leaks_unguarded_areSeen", "leaks.jsonl", run::leaksSeenDirectly),
        measure("leaks_guarded_bringNothingOut", "leaks.jsonl", run::leaks),
        measure("wire_scripts_bringNothingOut", "leaks.jsonl", run::wireScripts),
        measure("dangerous_guarded_areStopped", "dangerous.jsonl", run::dangerous),
        measure("benign_guarded_giveTheSame", "benign.jsonl", run::benign));
  }

  private static DynamicTest measure(String name, String file, Measured measured) {
    Executable test =
        () -> {
          assumeTrue(CorpusFolder.find(file).isPresent(), "skipped: no " + file);
          assumeTrue(name.startsWith(ONLY), "skipped: -Dguard.corpus.measure=" + ONLY);
          assertTrue(measured.run(), name + " is short; the lines are named above");
        };
    return DynamicTest.dynamicTest(name, test);
  }
}
