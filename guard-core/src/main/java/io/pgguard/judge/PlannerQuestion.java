package io.pgguard.judge;

import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * Asks the planner what a statement would cost (PostgreSQL documentation, "EXPLAIN"). Nothing is
 * run by it. What is asked about is the statement's own text, exactly, with its own parameters.
 * Stateless and thread-safe.
 */
public final class PlannerQuestion {
  private PlannerQuestion() {}

  /** The question; null where there is nothing to plan. */
  public static @Nullable String of(StatementFacts facts) {
    return switch (facts.kind()) {
      case SELECT, INSERT, UPDATE, DELETE, MERGE, EXECUTE, DECLARE, CREATE_TABLE_AS ->
          "EXPLAIN (FORMAT JSON) " + facts.text();
      default -> carries(facts) ? of(facts.carried().get(0)) : null;
    };
  }

  private static boolean carries(StatementFacts facts) {
    return facts.carried().size() == 1 && (facts.kind() == StatementKind.COPY || facts.analyze());
  }

  /**
   * Whether it may be asked: EXECUTE is planned by its values, and what computes these would run.
   */
  static boolean runsNothing(StatementFacts facts) {
    boolean executes =
        facts.kind() == StatementKind.EXECUTE
            || facts.kind() == StatementKind.CREATE_TABLE_AS
                && facts.identifiers().contains("execute");
    return !(executes && !facts.functionMentions().isEmpty())
        && (!carries(facts) || runsNothing(facts.carried().get(0)));
  }
}
