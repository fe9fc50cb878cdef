package io.pgguard.policy;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says a decision in words for a person or a model. Has no state; thread-safe. */
public final class DecisionText {
  private DecisionText() {}

  /** What was decided, and by which rules: one sentence or more, ready to be an error message. */
  public static String message(Decision decision) {
    String outcome =
        switch (outcome(decision)) {
          case ALLOW -> "allowed: ";
          case APPROVE -> "approval needed: ";
          case DENY -> "refused: ";
        };
    return outcome + join(decision, false, "; ");
  }

  /** What to do instead or whom to ask, or null where there is nothing to say. */
  public static @Nullable String hint(Decision decision) {
    String hints = join(decision, true, " ");
    return hints.isEmpty() ? null : hints;
  }

  private static String join(Decision decision, boolean hints, String separator) {
    Verdict.Outcome outcome = outcome(decision);
    Set<String> parts = new LinkedHashSet<>();
    for (Verdict verdict : decision.verdicts()) {
      String part = hints ? verdict.hint() : verdict.reason();
      if (verdict.outcome() == outcome && part != null) {
        parts.add(part);
      }
    }
    return String.join(separator, parts);
  }

  private static Verdict.Outcome outcome(Decision decision) {
    if (decision instanceof Decision.Deny) {
      return Verdict.Outcome.DENY;
    }
    return decision instanceof Decision.RequireApproval
        ? Verdict.Outcome.APPROVE
        : Verdict.Outcome.ALLOW;
  }
}
