package io.pgguard.approval;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Statements and people for the tests of approvals. */
final class Asks {
  static final Principal AGENT = new Principal("alice", Set.of("dba"), "assistant", "model");
  static final Principal BOB = person("bob", "dba");
  static final Principal CAROL = person("carol", "dba", "leads");
  static final List<Approvers> ONE_DBA = List.of(new Approvers(Set.of("dba"), 1));

  private Asks() {}

  static Principal person(String subject, String... groups) {
    return new Principal(subject, Set.of(groups), null, null);
  }

  static ApprovalAsk ask(String text, List<Approvers> needed) {
    return ask(text, needed, "session-1");
  }

  static ApprovalAsk ask(String text, List<Approvers> needed, String session) {
    return new ApprovalAsk(
        session,
        AGENT,
        "app",
        text,
        List.of(),
        "m",
        digest(text),
        new Decision.RequireApproval(
            List.of(new Verdict("ddl", Verdict.Outcome.APPROVE, "asks for approval", null)),
            needed,
            Duration.ofMinutes(15),
            OptionalLong.empty()),
        "to mend it");
  }

  static StatementDigest digest(String text) {
    return StatementDigest.of(AGENT.subject(), "app", text, "m").digest();
  }
}
