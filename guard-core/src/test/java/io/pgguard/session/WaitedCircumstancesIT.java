package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import io.pgguard.approval.Answer;
import io.pgguard.identity.Principal;
import io.pgguard.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds around a statement is asked anew when people have decided. */
@Timeout(120)
class WaitedCircumstancesIT {
  private static final String HELD = "UPDATE t SET v = 1 WHERE id = 1";

  private static GuardSession session(Guard guard, String database) {
    return guard.open(
        new SessionRequest(
            new Principal("ada", Set.of(), null, null),
            "core",
            new PlannedDatabase.Access(database),
            TestPostgres.shared().user(),
            Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on"),
            () -> {}));
  }

  private static Ruling ruling(String intentBefore, String intentAfter, Path directory)
      throws Exception {
    String database = TestPostgres.shared().createDatabase("waited");
    TestPostgres.shared().execute(database, "CREATE TABLE t (id int PRIMARY KEY, v int)");
    Files.writeString(
        directory.resolve("policy.yaml"),
        """
        version: 1
        rules:
          - { id: held, when: { kind: update, intent: { matches: "OPS-[0-9]+" } }, then: approve }
        otherwise: deny
        """);
    Files.writeString(
        directory.resolve("guard.yaml"),
        "database: { user: x, password: { value: x } }\npolicy: policy.yaml\n"
            + "audit: { directory: audit }\napproval: { wait: 1h }\n");
    try (Guard guard = Guard.open(GuardConfig.read(directory.resolve("guard.yaml")));
        GuardSession session = session(guard, database)) {
      session.intent(intentBefore);
      Awaited<Ruling> waiting = session.request(session.plan(HELD), List.of());
      assertFalse(waiting.isReady());
      session.intent(intentAfter);
      String id = guard.approvals().pending().get(0).request().id();
      Principal dora = new Principal("dora", Set.of(), null, null);
      assertInstanceOf(Answer.Granted.class, guard.approvals().approve(id, dora, null));
      return waiting.await();
    }
  }

  @Test
  void whatStillHolds_runs(@TempDir Path directory) throws Exception {
    assertInstanceOf(Ruling.Granted.class, ruling("OPS-1", "OPS-2", directory));
  }

  @Test
  void whatNoLongerHolds_isRefused(@TempDir Path directory) throws Exception {
    Ruling.Refused refused =
        assertInstanceOf(Ruling.Refused.class, ruling("OPS-1", "later", directory));
    assertTrue(
        refused.refusal().message().contains("guard.otherwise"), refused.refusal().toString());
  }
}
