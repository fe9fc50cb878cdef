package io.pgguard.session;

import io.pgguard.approval.ApprovalAsk;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import io.pgguard.approval.StatementDigest;
import io.pgguard.audit.LoggedValue;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a text until people have decided, as long as the configuration says. An approval is used up
 * right before the text runs. Used by a session's thread.
 */
final class Holding {
  private final SessionServices services;

  Holding(SessionServices services) {
    this.services = services;
  }

  /** Empty when the approval was used just now; else why the text does not run. */
  Optional<Refusal> hold(
      LiveSession session, TextPlan plan, List<ParameterValue> values, @Nullable String intent) {
    Decision.RequireApproval decision = together(plan.approvals());
    StatementDigest digest = digest(session, plan, values);
    Redemption first = services.approvals().redeem(digest, decision.needed());
    if (first instanceof Redemption.Redeemed) {
      return Optional.empty();
    }
    if (first instanceof Redemption.Refused refused) {
      return Optional.of(turnedDown(refused));
    }
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
                    digest,
                    decision,
                    intent));
    if (opening instanceof Opening.Full full) {
      return Optional.of(
          new Refusal(
              "53400", "Guard cannot ask for approval: " + full.message(), null, null, null));
    }
    String id = id(opening);
    services.approvals().await(id, services.approvalWait());
    return after(services.approvals().redeem(digest, decision.needed()), id, decision);
  }

  private static String id(Opening opening) {
    return opening instanceof Opening.Joined joined
        ? joined.before().request().id()
        : ((Opening.Opened) opening).request().id();
  }

  private Optional<Refusal> after(
      Redemption redemption, String id, Decision.RequireApproval decision) {
    if (redemption instanceof Redemption.Redeemed) {
      return Optional.empty();
    }
    if (redemption instanceof Redemption.Refused refused) {
      return Optional.of(turnedDown(refused));
    }
    if (redemption instanceof Redemption.Expired expired) {
      return Optional.of(
          new Refusal(
              "42501",
              "The approval request "
                  + id
                  + " expired at "
                  + expired.request().expiresAt()
                  + " without being used.",
              "Nothing was run.",
              "Run the statement again to ask anew.",
              id));
    }
    if (services.approvals().status(id).equals(Optional.of(ApprovalCase.Status.USED))) {
      return Optional.of(
          new Refusal(
              "42501",
              "The approval of request " + id + " was used by another run of the same statement.",
              "Nothing was run here.",
              "Run the statement again to ask anew.",
              id));
    }
    return Optional.of(Answers.waiting(id, reasons(decision)));
  }

  private static Refusal turnedDown(Redemption.Refused refused) {
    String reason = refused.refusal().comment();
    return Answers.turnedDown(
        refused.request().id(),
        refused.refusal().by().subject() + (reason == null ? " said no" : " said: " + reason));
  }

  private static String reasons(Decision decision) {
    return decision.verdicts().stream()
        .filter(v -> v.outcome() == Verdict.Outcome.APPROVE)
        .map(v -> v.rule() + ": " + v.reason())
        .collect(Collectors.joining("; "));
  }

  /**
   * One decision for a text of several statements: whoever any of them needs, and the shortest
   * time.
   */
  private static Decision.RequireApproval together(List<Decision.RequireApproval> decisions) {
    if (decisions.size() == 1) {
      return decisions.get(0);
    }
    List<Verdict> verdicts = new ArrayList<>();
    Set<Approvers> needed = new LinkedHashSet<>();
    Duration within = decisions.get(0).within();
    for (Decision.RequireApproval decision : decisions) {
      verdicts.addAll(decision.verdicts());
      needed.addAll(decision.needed());
      within = within.compareTo(decision.within()) < 0 ? within : decision.within();
    }
    return new Decision.RequireApproval(
        verdicts, List.copyOf(needed), within, OptionalLong.empty());
  }

  private static StatementDigest digest(
      LiveSession session, TextPlan plan, List<ParameterValue> values) {
    StatementDigest.Builder digest =
        StatementDigest.of(session.principal().subject(), session.database(), plan.text());
    for (ParameterValue value : values) {
      digest.value(value.typeOid(), value.binary(), value.bytes());
    }
    return digest.digest();
  }

  private static List<String> shown(List<ParameterValue> values) {
    List<String> shown = new ArrayList<>(values.size());
    for (LoggedValue value : LiveSession.logged(values)) {
      shown.add(value.form() == LoggedValue.Form.NULL ? "NULL" : value.content());
    }
    return shown;
  }
}
