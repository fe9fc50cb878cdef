package io.pgguard.audit;

import io.pgguard.audit.AuditEvent.SessionOpened;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.identity.Principal;
import io.pgguard.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Events to log in tests. */
final class Events {
  static final Instant AT = Instant.parse("2026-11-22T01:02:03.000000004Z");
  static final Principal ADA = new Principal("ada", Set.of("ops", "dba"), "helper", "m-1");
  static final String DIGEST = "ab".repeat(32);

  private Events() {}

  static SessionOpened opened() {
    return opened("s1");
  }

  static SessionOpened opened(String session) {
    return new SessionOpened(session, AT, ADA, "shop", "agent_ro", "jdbc", "0.1", "p1");
  }

  static StatementDecided decided(long number, String text) {
    return new StatementDecided(
        "s1",
        number,
        AT,
        "count orders",
        text,
        List.of(LoggedValue.of(23, true, new byte[] {0, 0, 0, 7}), LoggedValue.of(0, false, null)),
        List.of("select"),
        Verdict.Outcome.ALLOW,
        List.of(new Verdict("reads", Verdict.Outcome.ALLOW, "reads may run", null)),
        List.of(new MaskedColumn(1, "ssn", "pii.ssn", "partial")),
        "p1",
        "c1",
        "00112233445566778899aabbccddeeff",
        "lineage");
  }

  static StatementCompleted completed(long number) {
    return new StatementCompleted(
        "s1",
        number,
        AT,
        new ResponseTrace(3, 120, DIGEST, null),
        1_500_000,
        "SELECT 3",
        List.of());
  }
}
