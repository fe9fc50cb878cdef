package io.pgguard.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The corpus's own judge against the wire proxy; in the profile {@code corpus} only. */
@Tag("corpus")
class VerifyIT {
  private static final List<CorpusServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Integer.getInteger("guard.corpus.every", 10) == 1, "skipped: see profile corpus");
    assumeTrue(VerifyRun.possible(), "skipped: no verify.py here, or no python3");
    String only = System.getProperty("guard.corpus.server", "");
    if (!only.equals("machine")) {
      SERVERS.add(CorpusServer.shared());
    }
    if (!only.equals("embedded")) {
      MachinePostgres.start().ifPresent(SERVERS::add);
    }
  }

  @TestFactory
  Stream<DynamicTest> corpus_throughTheProxy_leaksCompletesAndChangesNothing() {
    return SERVERS.stream()
        .map(server -> DynamicTest.dynamicTest(server.name(), () -> judge(server)));
  }

  private static void judge(CorpusServer server) throws Exception {
    assumeTrue(server.own(), "skipped: the lines touch the whole server");
    try (VerifyRun run = new VerifyRun(server)) {
      verified(server + " leaks", run.leaks());
      verified(server + " dangerous", run.dangerous());
      verified(server + " ordinary", run.ordinary());
    }
  }

  private static void verified(String what, VerifyRun.Verified judged) {
    System.out.println(what + ": " + judged);
    assertEquals(List.of(), judged.bad(), what);
    assertTrue(judged.good() > 100 * judged.undetermined().size(), what + " could not be judged");
  }
}
