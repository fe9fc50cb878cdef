package io.pgguard.session;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.Opening;
import io.pgguard.approval.StatementDigest;
import io.pgguard.approval.Vote;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds texts that are to run one behind the other as one, until people have decided on each. Used
 * by a session's thread.
 */
final class HoldingTogether {
  private final SessionServices services;
  private final Holding holding;
  private final AskedRequests requests;

  HoldingTogether(SessionServices services, Holding holding, AskedRequests requests) {
    this.services = services;
    this.holding = holding;
    this.requests = requests;
  }

  /** A text that people are asked about, and what it will mean when its turn comes. */
  record Asked(TextPlan plan, Meaning meaning) {}

  /** A text that does not run yet, and why. */
  record Withheld(TextPlan plan, Refusal why) {}

  /**
   * Asks for every text of a row that is to run together, and waits for people once. No approval is
   * used up by this.
   *
   * @return the first that is not granted; empty when all are
   */
  Optional<Withheld> holdAll(LiveSession session, List<Asked> asked, @Nullable String intent) {
    try {
      return askForAll(session, asked, intent);
    } catch (ApprovalStoreException e) {
      return Optional.of(new Withheld(asked.get(0).plan(), Answers.noApprovals(e)));
    }
  }

  private Optional<Withheld> askForAll(
      LiveSession session, List<Asked> asked, @Nullable String intent) {
    List<String> inOrder = new ArrayList<>();
    try {
      return askForAll(session, asked, intent, inOrder);
    } finally {
      inOrder.forEach(requests::over);
    }
  }

  private Optional<Withheld> askForAll(
      LiveSession session, List<Asked> asked, @Nullable String intent, List<String> inOrder) {
    Map<StatementDigest, String> ids = new HashMap<>();
    for (Asked one : asked) {
      TextPlan plan = one.plan();
      StatementDigest digest = Holding.digest(session, plan, List.of(), one.meaning());
      Opening opening =
          holding.open(
              session,
              plan,
              List.of(),
              digest,
              one.meaning(),
              Holding.together(plan.approvals()),
              intent);
      if (opening instanceof Opening.Full full) {
        return Optional.of(new Withheld(plan, Holding.full(full)));
      }
      inOrder.add(Holding.id(opening));
      if (ids.put(digest, Holding.id(opening)) != null) {
        return Optional.of(new Withheld(plan, Answers.twice()));
      }
    }
    long end = System.nanoTime() + session.patience().toNanos();
    for (int i = 0; i < inOrder.size(); i++) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Optional<ApprovalCase.Status> status = services.approvals().await(inOrder.get(i), left);
      if (!status.equals(Optional.of(ApprovalCase.Status.GRANTED))) {
        TextPlan plan = asked.get(i).plan();
        return Optional.of(new Withheld(plan, notGranted(inOrder.get(i), plan)));
      }
    }
    return Optional.empty();
  }

  private Refusal notGranted(String id, TextPlan plan) {
    ApprovalCase one = services.approvals().find(id).orElse(null);
    Vote refusal = one == null ? null : one.refusal();
    return refusal == null
        ? Answers.waiting(id, Holding.reasons(Holding.together(plan.approvals())))
        : Holding.turnedDown(id, refusal);
  }
}
