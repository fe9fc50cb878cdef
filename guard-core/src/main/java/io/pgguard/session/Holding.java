package io.pgguard.session;

import io.pgguard.approval.ApprovalAsk;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import io.pgguard.approval.StatementDigest;
import io.pgguard.approval.Vote;
import io.pgguard.audit.LoggedValue;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.wording.SessionWording;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a text until people have decided, as long as the configuration says. An approval is used up
 * right before the text runs. Used by a session's thread.
 */
final class Holding {
  private final SessionServices services;
  private final AskedRequests asked;

  Holding(SessionServices services, AskedRequests asked) {
    this.services = services;
    this.asked = asked;
  }

  /**
   * Empty when the approval was used just now; else why the text does not run. To be got right
   * before it would run.
   *
   * @param number what the text's first statement will have
   */
  Awaited<Supplier<Optional<Refusal>>> hold(
      LiveSession session,
      TextPlan plan,
      List<ParameterValue> values,
      @Nullable String intent,
      long number) {
    return hold(session, new Held(plan, 0, values, together(plan.approvals())), intent, number);
  }

  /**
   * What does not run before people have decided.
   *
   * @param index the statement of the text that it is about, or 0 where it is about all of it
   * @param decision whom it needs
   */
  record Held(
      TextPlan plan, int index, List<ParameterValue> values, Decision.RequireApproval decision) {}

  /** The same for what is decided on when it is about to run. */
  Awaited<Supplier<Optional<Refusal>>> hold(
      LiveSession session, Held held, @Nullable String intent, long number) {
    try {
      return askAndWait(session, held, intent, number);
    } catch (ApprovalStoreException e) {
      return Awaited.now(() -> Optional.of(Answers.noApprovals(e)));
    }
  }

  private Awaited<Supplier<Optional<Refusal>>> askAndWait(
      LiveSession session, Held held, @Nullable String intent, long number) {
    TextPlan plan = held.plan();
    List<ParameterValue> values = held.values();
    Decision.RequireApproval decision = held.decision();
    Meaning meaning = session.meaning(plan);
    StatementDigest.Builder about = builder(session, plan, values, meaning);
    StatementDigest digest =
        held.index() == 0
            ? about.digest()
            : about
                .value(0, false, ("statement " + held.index()).getBytes(StandardCharsets.UTF_8))
                .digest();
    Redemption first = services.approvals().redeem(digest, decision.needed(), session.id(), number);
    if (first instanceof Redemption.Redeemed redeemed) {
      session.runsOn(redeemed.request().id());
      return Awaited.now(Optional::empty);
    }
    if (first instanceof Redemption.Refused refused) {
      return Awaited.now(() -> Optional.of(turnedDown(refused)));
    }
    Opening opening = open(session, plan, values, digest, meaning, decision, intent);
    if (opening instanceof Opening.Full full) {
      return Awaited.now(() -> Optional.of(full(full)));
    }
    String id = id(opening);
    Duration patience = session.patience(); // here, since the wait is another thread's
    return new AwaitedLater<>(
        () -> asked.await(id, patience),
        () ->
            () ->
                session.stillMeans(plan, meaning)
                    ? redeem(session, digest, id, decision, number)
                    : Optional.of(Answers.changedWhileItWaited(id)));
  }

  private Optional<Refusal> redeem(
      LiveSession session,
      StatementDigest digest,
      String id,
      Decision.RequireApproval decision,
      long number) {
    try {
      return after(
          session,
          services.approvals().redeem(digest, decision.needed(), session.id(), number),
          id,
          decision);
    } catch (ApprovalStoreException e) {
      return Optional.of(Answers.noApprovals(e));
    }
  }

  /** Asks; the session waits for it until {@link AskedRequests#over}. */
  Opening open(
      LiveSession session,
      TextPlan plan,
      List<ParameterValue> values,
      StatementDigest digest,
      Meaning meaning,
      Decision.RequireApproval decision,
      @Nullable String intent) {
    Opening opening =
        services
            .approvals()
            .open(
                new ApprovalAsk(
                    session.id(),
                    session.principal(),
                    session.database(),
                    plan.text(),
                    shown(values),
                    meaning.hex(),
                    digest,
                    decision,
                    intent));
    if (!(opening instanceof Opening.Full)) {
      asked.asks(id(opening));
    }
    return opening;
  }

  static Refusal full(Opening.Full full) {
    return Refusal.of(SessionWording.CANNOT_ASK.say(full.message()));
  }

  static String id(Opening opening) {
    return opening instanceof Opening.Joined joined
        ? joined.before().request().id()
        : ((Opening.Opened) opening).request().id();
  }

  private Optional<Refusal> after(
      LiveSession session, Redemption redemption, String id, Decision.RequireApproval decision) {
    if (redemption instanceof Redemption.Redeemed redeemed) {
      session.runsOn(redeemed.request().id());
      return Optional.empty();
    }
    if (redemption instanceof Redemption.Refused refused) {
      return Optional.of(turnedDown(refused));
    }
    if (redemption instanceof Redemption.Expired expired) {
      return Optional.of(Refusal.held(SessionWording.APPROVAL_EXPIRED.say(id, expired.at()), id));
    }
    ApprovalCase one = services.approvals().find(id).orElse(null);
    Vote takenBack = one == null ? null : one.refusal();
    if (takenBack != null) {
      return Optional.of(turnedDown(id, takenBack));
    }
    if (one != null && one.usedAt() != null) {
      return Optional.of(Refusal.held(SessionWording.APPROVAL_USED.say(id), id));
    }
    return Optional.of(Answers.waiting(id, reasons(decision)));
  }

  private static Refusal turnedDown(Redemption.Refused refused) {
    return turnedDown(refused.request().id(), refused.refusal());
  }

  static Refusal turnedDown(String id, Vote refusal) {
    String reason = refusal.comment();
    return Answers.turnedDown(
        id, refusal.by().subject() + (reason == null ? " said no" : " said: " + reason));
  }

  static String reasons(Decision decision) {
    return decision.verdicts().stream()
        .filter(v -> v.outcome() == Verdict.Outcome.APPROVE)
        .map(v -> v.rule() + ": " + v.reason())
        .collect(Collectors.joining("; "));
  }

  /**
   * One decision for a text of several statements: whoever any of them needs, and the shortest
   * time.
   */
  static Decision.RequireApproval together(List<Decision.RequireApproval> decisions) {
    if (decisions.size() == 1) {
      return decisions.get(0);
    }
    List<Verdict> verdicts = new ArrayList<>();
    Set<Approvers> needed = new LinkedHashSet<>();
    Duration within = decisions.get(0).within();
    Duration useWithin = decisions.get(0).useWithin();
    for (Decision.RequireApproval decision : decisions) {
      verdicts.addAll(decision.verdicts());
      needed.addAll(decision.needed());
      within = shorter(within, decision.within());
      useWithin = shorter(useWithin, decision.useWithin());
    }
    return new Decision.RequireApproval(
        verdicts, List.copyOf(needed), within, useWithin, OptionalLong.empty());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  static StatementDigest digest(
      LiveSession session, TextPlan plan, List<ParameterValue> values, Meaning meaning) {
    return builder(session, plan, values, meaning).digest();
  }

  static StatementDigest.Builder builder(
      LiveSession session, TextPlan plan, List<ParameterValue> values, Meaning meaning) {
    StatementDigest.Builder digest =
        StatementDigest.of(
            session.principal().asker(), session.database(), plan.text(), meaning.hex());
    for (ParameterValue value : values) {
      digest.value(value.typeOid(), value.binary(), value.bytes());
    }
    return digest;
  }

  private static List<String> shown(List<ParameterValue> values) {
    List<String> shown = new ArrayList<>(values.size());
    for (LoggedValue value : StatementJournal.logged(values)) {
      shown.add(value.form() == LoggedValue.Form.NULL ? "NULL" : value.content());
    }
    return shown;
  }
}
