package io.pgguard.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * What becomes of a statement that no rule speaks for. Immutable.
 *
 * @param outcome what becomes of it
 * @param by who must approve; counts for {@link Verdict.Outcome#APPROVE} only, as the times do
 * @param within how long a request for approval may wait
 * @param useWithin how long an approval may be used, from when it was given
 */
public record Otherwise(
    Verdict.Outcome outcome, Approvers by, Duration within, Duration useWithin) {
  public Otherwise {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(within, "within");
    Objects.requireNonNull(useWithin, "useWithin");
  }

  /** Where the policy says no more than the outcome. */
  static Otherwise of(Verdict.Outcome outcome) {
    return new Otherwise(outcome, Rule.ANYBODY, Rule.DEFAULT_WITHIN, Rule.DEFAULT_WITHIN);
  }
}
