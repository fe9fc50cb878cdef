package io.pgguard.judge;

import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.statement.StatementFacts;
import io.pgguard.wording.ReachWording;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that say what a step of a plan costs (PostgreSQL documentation, "Planner Cost
 * Constants"): where the policy goes by costs, whoever asks may not set the prices. Stateless.
 */
final class PlannerSettings {
  private static final Set<String> PRICES =
      Set.of(
          "random_page_cost",
          "seq_page_cost",
          "cpu_tuple_cost",
          "cpu_index_tuple_cost",
          "cpu_operator_cost",
          "parallel_setup_cost",
          "parallel_tuple_cost");

  private PlannerSettings() {}

  /** Why a setting may not be set; empty where it may, as far as this goes. */
  static Optional<String> refuse(String setting, Policy policy) {
    return PRICES.contains(setting.toLowerCase(Locale.ROOT)) && PolicyEngine.asksForCost(policy)
        ? Optional.of(ReachWording.SETTING_MOVES_COSTS.words(setting))
        : Optional.empty();
  }

  /** The same of set_config: a name that is no constant is refused whatever the policy says. */
  static Optional<String> refuse(StatementFacts facts, Policy policy) {
    return facts.identifiers().contains("set_config")
        ? facts.stringConstants().stream()
            .flatMap(constant -> refuse(constant, policy).stream())
            .findFirst()
        : Optional.empty();
  }
}
