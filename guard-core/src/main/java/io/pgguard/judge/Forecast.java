package io.pgguard.judge;

import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.StatementSubject;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a policy can say of a statement only once the planner was asked, in the session that is to
 * run it and before it does. Immutable.
 *
 * @param policy decides
 * @param subject the statement, as far as it is known without
 * @param untold whether it may change any number of rows, and nobody can count them
 * @param counting what is counted once it has run; null where nothing is
 */
public record Forecast(
    Policy policy, StatementSubject subject, boolean untold, @Nullable Counting counting) {

  /**
   * What the policy says once the planner has answered.
   *
   * @param decision what the statement begins with
   * @param counting what is counted, and decides in the end; null where nothing is
   */
  public record Known(Decision decision, @Nullable Counting counting) {}

  /** The decision by what the planner expects. */
  public Known with(Planned planned) {
    Counting counted = counting == null ? null : counting.expecting(planned);
    if (counted != null) {
      return new Known(counted.mildest(), counted.matters() ? counted.asNeeded() : null);
    }
    StatementSubject expected = expecting(subject, planned);
    return new Known(
        untold ? Counting.untold(policy, expected) : PolicyEngine.decide(policy, expected), null);
  }

  static StatementSubject expecting(StatementSubject subject, Planned planned) {
    return subject.withFigures(subject.affectedRows(), planned.rows(), planned.cost());
  }

  /**
   * The mildest decision that any answer can lead to: what the statement begins with. Figures count
   * only by whether they are over a limit, so those right over each are tried.
   */
  Decision mildest() {
    Decision mildest = with(Planned.NOTHING).decision();
    for (long rows : PolicyEngine.estimatedRowsTurns(policy)) {
      for (double cost : PolicyEngine.estimatedCostTurns(policy)) {
        Planned planned = new Planned(OptionalLong.of(rows), OptionalDouble.of(cost));
        mildest = Counting.milder(mildest, with(planned).decision());
      }
    }
    return mildest;
  }
}
