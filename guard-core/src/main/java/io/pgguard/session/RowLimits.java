package io.pgguard.session;

import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import java.util.OptionalLong;

/** How many rows a decision lets a statement bring. Stateless. */
final class RowLimits {
  private RowLimits() {}

  /** By its rules and by the policy's own limit; empty for no bound. */
  static OptionalLong of(Decision decision, Policy policy) {
    if (policy.mode() == Policy.Mode.OBSERVE) {
      return OptionalLong.empty();
    }
    OptionalLong byRule =
        decision instanceof Decision.Allow allow
            ? allow.maxRows()
            : decision instanceof Decision.RequireApproval approval
                ? approval.maxRows()
                : OptionalLong.empty();
    OptionalLong byLimit = policy.limits().rows();
    if (byRule.isEmpty() || byLimit.isEmpty()) {
      return byRule.isPresent() ? byRule : byLimit;
    }
    return OptionalLong.of(Math.min(byRule.getAsLong(), byLimit.getAsLong()));
  }
}
