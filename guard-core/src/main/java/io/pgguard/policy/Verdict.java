package io.pgguard.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of a statement.
 *
 * @param rule the rule's id; a built-in one's begins with {@code guard.}
 * @param outcome what it wants
 * @param reason why, in words for a person or a model
 * @param hint what to do instead, or null
 */
public record Verdict(String rule, Outcome outcome, String reason, @Nullable String hint) {
  public Verdict {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
  }

  /** What a rule wants, from the weakest to the strongest. */
  public enum Outcome {
    ALLOW,
    APPROVE,
    DENY
  }
}
