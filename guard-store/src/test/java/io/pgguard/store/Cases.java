package io.pgguard.store;

import io.pgguard.approval.ApprovalAsk;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.StatementDigest;
import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Requests and people for the tests of stores. */
final class Cases {
  static final Principal AGENT = new Principal("alice", Set.of("dba"), "assistant", "model");
  static final Principal BOB = person("bob", "dba");
  static final Principal CAROL = person("carol", "dba");
  static final List<Approvers> ONE_DBA = List.of(new Approvers(Set.of("dba"), 1));

  private Cases() {}

  static Principal person(String subject, String... groups) {
    return new Principal(subject, Set.of(groups), null, null);
  }

  static StatementDigest digest(String text) {
    return StatementDigest.of(AGENT.subject(), "app", text, "m").digest();
  }

  static ApprovalAsk ask(String text, List<Approvers> needed) {
    return new ApprovalAsk(
        "session",
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

  /** A case with something in every field, as no rule would make it. */
  static ApprovalCase whole(Random random) {
    return records(random).make(ApprovalCase.class);
  }

  private static RandomRecords records(Random random) {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    StatementDigest digest = new StatementDigest(HexFormat.of().formatHex(hash));
    RandomRecords all =
        new RandomRecords(
            random,
            Map.of(
                StatementDigest.class, () -> digest, ApprovalRequest.class, () -> request(random)));
    return all;
  }

  /** The last two times are in order. */
  private static ApprovalRequest request(Random random) {
    RandomRecords parts =
        new RandomRecords(
            random, Map.of(StatementDigest.class, () -> digest("x" + random.nextLong())));
    Instant created = parts.make(Instant.class);
    // In the order of the components: createdAt first, then expiresAt, always later.
    Instant[] next = {created};
    return new RandomRecords(
            random,
            Map.of(
                StatementDigest.class,
                () -> digest("x" + random.nextLong()),
                Instant.class,
                () -> {
                  Instant now = next[0];
                  next[0] = now.plusNanos(1 + random.nextInt(1_000_000));
                  return now;
                }))
        .make(ApprovalRequest.class);
  }
}
