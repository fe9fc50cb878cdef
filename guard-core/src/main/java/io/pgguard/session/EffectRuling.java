package io.pgguard.session;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a statement once it is known what it did: it passes, is undone and refused, or is
 * undone and held until people have approved what it did. Used by the session's thread.
 *
 * @param holding asks people before it runs
 * @param again asks to run the text once more
 */
record EffectRuling(
    LiveSession session,
    Gate gate,
    EffectApprovals approvals,
    Holding holding,
    TextPlan text,
    Meaning meaning,
    int index,
    List<ParameterValue> values,
    @Nullable String intent,
    Supplier<Awaited<Ruling>> again) {

  /** What becomes of it before it runs, by what the planner expects. */
  Awaited<Optional<Refusal>> admit(LiveRun run, Decision decision) {
    try {
      if (decision instanceof Decision.Deny deny) {
        Refusal refusal = gate.refused(Answers.denied(deny));
        run.stopped(refusal, decision);
        return Awaited.now(Optional.of(refusal));
      }
      if (!(decision instanceof Decision.RequireApproval approval) || isApproved(approval)) {
        run.decided(decision);
        return Awaited.now(Optional.empty());
      }
      session.waits();
      return holding
          .hold(session, new Holding.Held(text, index, values, approval), intent, run.number())
          .then(held -> afterHolding(run, decision, held));
    } catch (AuditUnavailableException e) {
      return Awaited.now(Optional.of(lost(run, e)));
    }
  }

  private Optional<Refusal> afterHolding(
      LiveRun run, Decision decision, Supplier<Optional<Refusal>> held) {
    try {
      Optional<Refusal> refusal = held.get();
      if (refusal.isPresent()) {
        run.stopped(gate.refused(refusal.get()), decision);
      } else {
        run.decided(decision);
        session.goesOn(text);
      }
      return refusal;
    } catch (AuditUnavailableException e) {
      return Optional.of(lost(run, e));
    }
  }

  private Refusal lost(LiveRun run, AuditUnavailableException e) {
    run.lost();
    return gate.unlogged(e);
  }

  /** It has changed rows as it was planned, before anything counts them. */
  Refusal planned(LiveRun run) {
    try {
      Refusal refusal = gate.refused(Answers.changedAsPlanned());
      run.undone(refusal, OptionalLong.empty(), new Decision.Deny(List.of(Answers.AS_PLANNED)));
      return refusal;
    } catch (AuditUnavailableException e) {
      return lost(run, e);
    }
  }

  /** What becomes of it once it has run. */
  Watch.Step rule(LiveRun run, Decision decision, OptionalLong rows, boolean repeatable) {
    try {
      if (decision instanceof Decision.Deny deny) {
        Refusal refusal = gate.refused(Answers.undone(deny));
        run.undone(refusal, rows, decision);
        return refused(refusal);
      }
      if (!(decision instanceof Decision.RequireApproval approval) || isApproved(approval)) {
        run.decided(decision);
        return new Watch.Step.Pass();
      }
      EffectApprovals.Done done =
          new EffectApprovals.Done(
              text, meaning, index, values, approval, rows, intent, run.number());
      if (approvals.redeem(session, done)) {
        run.decided(decision);
        return new Watch.Step.Pass();
      }
      return held(run, done, rows, repeatable);
    } catch (AuditUnavailableException e) {
      return refused(lost(run, e));
    }
  }

  /** Whether whom it needs have approved it before it ran. */
  private boolean isApproved(Decision.RequireApproval approval) {
    StatementAnalysis part = text.parts().get(index);
    return part.decision() instanceof Decision.RequireApproval before
        && Set.<Approvers>copyOf(before.needed()).containsAll(approval.needed());
  }

  private Watch.Step held(
      LiveRun run, EffectApprovals.Done done, OptionalLong rows, boolean repeatable) {
    EffectApprovals.Asked asked = approvals.ask(session, done);
    if (!repeatable || asked.id() == null) {
      approvals.leave(asked);
      Refusal refusal = gate.refused(asked.refusal());
      run.undone(refusal, rows, done.decision());
      return refused(refusal);
    }
    run.undone(asked.refusal(), rows, done.decision());
    return new Watch.Step.Undo(
        approvals
            .await(session, asked)
            .thenAwait(
                refusal ->
                    refusal.isPresent()
                        ? Awaited.now(new Ruling.Refused(gate.refused(refusal.get())))
                        : again.get()));
  }

  private static Watch.Step refused(Refusal refusal) {
    return new Watch.Step.Undo(Awaited.now(new Ruling.Refused(refusal)));
  }
}
