package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.ArrayList;
import java.util.List;

/** What loads and may not be what was meant. Stateless and thread-safe. */
public final class PolicyWarnings {
  private PolicyWarnings() {}

  /** One sentence each; empty where there is nothing to say. */
  public static List<String> of(Policy policy) {
    List<String> warnings = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      if (rule.then() == Verdict.Outcome.ALLOW
          && !rule.observes()
          && !rule.when().asker().notGroups().isEmpty()) {
        warnings.add(RuleWording.OPEN_TO_THE_FORGOTTEN.words(rule.id()));
      }
    }
    return warnings;
  }
}
