package io.pgguard.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
      VerifyRun.Count leaks = run.leaks();
      VerifyRun.Count dangerous = run.dangerous();
      VerifyRun.Count ordinary = run.ordinary();
      System.out.println(server + ": " + leaks + ", " + dangerous + ", " + ordinary);
      assertEquals(0, leaks.bad(), "leaks");
      assertEquals(0, dangerous.bad(), "dangerous");
      assertEquals(0, ordinary.bad(), "ordinary");
    }
  }
}
