package io.pgguard.session;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import io.pgguard.approval.StatementDigest;
import io.pgguard.approval.Vote;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.wording.SessionWording;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks people about what a statement did, after it was undone. Their approval is good for as many
 * rows, and is used up when the statement has run again and done no more. Used by a session's
 * thread.
 */
final class EffectApprovals {
  private final SessionServices services;
  private final Holding holding;
  private final AskedRequests requests;

  EffectApprovals(SessionServices services, Holding holding, AskedRequests requests) {
    this.services = services;
    this.holding = holding;
    this.requests = requests;
  }

  /**
   * What a statement did, and whom the policy wants to approve it.
   *
   * @param meaning what the text meant when it ran
   * @param index which statement of the text
   * @param decision made on what it did
   * @param rows how many rows it changed; empty where nobody can tell
   * @param number the statement's number in the session
   */
  record Done(
      TextPlan plan,
      Meaning meaning,
      int index,
      List<ParameterValue> values,
      Decision.RequireApproval decision,
      OptionalLong rows,
      @Nullable String intent,
      long number) {

    /** How many rows an approval of this is good for: a round number, so that few more pass. */
    OptionalLong atMost() {
      if (rows.isEmpty()) {
        return rows;
      }
      for (long unit = 1; unit < Long.MAX_VALUE / 10; unit *= 10) {
        for (long round : new long[] {unit, 2 * unit, 5 * unit}) {
          if (round >= rows.getAsLong()) {
            return OptionalLong.of(round);
          }
        }
      }
      return rows;
    }

    /** What people are told and the agent is not: the number could tell what it may not read. */
    private Decision.RequireApproval told() {
      List<Verdict> verdicts = new ArrayList<>(decision.verdicts());
      verdicts.add(
          new Verdict(
              "guard.effect",
              Verdict.Outcome.APPROVE,
              rows.isEmpty()
                  ? SessionWording.EFFECT_UNKNOWN.say().message()
                  : SessionWording.EFFECT_COUNTED
                      .say(rows.getAsLong(), atMost().getAsLong())
                      .message(),
              null));
      return new Decision.RequireApproval(
          verdicts, decision.needed(), decision.within(), decision.useWithin(), decision.maxRows());
    }
  }

  /**
   * A request for approval of what a statement did.
   *
   * @param id the request; null where there can be none
   * @param refusal what to tell as long as it is not granted
   */
  record Asked(Done done, @Nullable String id, Refusal refusal) {}

  /**
   * Uses the approval of what a statement did, if there is one.
   *
   * @return false also where nobody can tell: {@link #ask} then says so
   */
  boolean redeem(LiveSession session, Done done) {
    try {
      return services
              .approvals()
              .redeem(digest(session, done), done.decision().needed(), session.id(), done.number())
          instanceof Redemption.Redeemed;
    } catch (ApprovalStoreException e) {
      return false;
    }
  }

  /** Asks people about what a statement did. */
  Asked ask(LiveSession session, Done done) {
    try {
      return asked(session, done);
    } catch (ApprovalStoreException e) {
      return new Asked(done, null, Answers.noApprovals(e));
    }
  }

  private Asked asked(LiveSession session, Done done) {
    Opening opening =
        holding.open(
            session,
            done.plan(),
            done.values(),
            digest(session, done),
            done.meaning(),
            done.told(),
            done.intent());
    return opening instanceof Opening.Full full
        ? new Asked(done, null, Holding.full(full))
        : new Asked(
            done,
            Holding.id(opening),
            Answers.undoneAndWaiting(Holding.id(opening), Holding.reasons(done.decision())));
  }

  /** Comes when people have decided, empty where the statement may run again; uses nothing up. */
  Awaited<Optional<Refusal>> await(LiveSession session, Asked asked) {
    String id = Objects.requireNonNull(asked.id(), "a request was opened");
    Duration patience = session.patience(); // here, since the wait is another thread's
    return new AwaitedLater<>(
        () -> requests.await(id, patience),
        () -> {
          try {
            return standing(id, asked);
          } catch (ApprovalStoreException e) {
            return Optional.of(Answers.noApprovals(e));
          }
        });
  }

  /** Nobody waits for the answer: it counts for a later run. */
  void leave(Asked asked) {
    if (asked.id() != null) {
      requests.over(asked.id());
    }
  }

  private Optional<Refusal> standing(String id, Asked asked) {
    ApprovalCase one = services.approvals().find(id).orElse(null);
    Vote refusal = one == null ? null : one.refusal();
    if (refusal != null) {
      return Optional.of(Holding.turnedDown(id, refusal));
    }
    return services.approvals().status(id).equals(Optional.of(ApprovalCase.Status.GRANTED))
        ? Optional.empty()
        : Optional.of(asked.refusal());
  }

  private static StatementDigest digest(LiveSession session, Done done) {
    StatementDigest.Builder digest =
        Holding.builder(session, done.plan(), done.values(), done.meaning());
    OptionalLong most = done.atMost();
    String what =
        "statement "
            + done.index()
            + (most.isPresent() ? ", up to " + most.getAsLong() + " rows" : ", any number of rows");
    return digest.value(0, false, what.getBytes(StandardCharsets.UTF_8)).digest();
  }
}
