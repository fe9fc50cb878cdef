package io.pgguard.plan;

import io.pgguard.judge.BoundText;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.PlainRows;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides a statement that changes rows by the values it is run with: a text with parameters does
 * not say by itself how many rows it means. Stateless and thread-safe.
 */
public final class BoundPlan {
  private BoundPlan() {}

  /**
   * The plan with the decision that the values lead to; the same plan where they do not matter.
   *
   * @param values how many there are
   * @param literals each, by its number from 1, as a constant; null where it has no words
   * @param planner plans a text from a perspective
   */
  public static TextPlan of(
      TextPlan plan,
      int values,
      IntFunction<@Nullable String> literals,
      BiFunction<String, Perspective, TextPlan> planner) {
    if (values == 0 || plan.parts().size() != 1 || !plan.parts().get(0).figured()) {
      return plan;
    }
    StatementAnalysis part = plan.parts().get(0);
    TextAnalyzer.Reading reading = TextAnalyzer.read(plan.text());
    if (reading.read() == null || !valuesMatter(part.facts(), reading.tokens())) {
      return plan;
    }
    String bound = BoundText.of(reading.tokens(), part.facts().from(), part.facts().to(), literals);
    StatementAnalysis judged = bound == null ? null : judged(bound, plan, planner);
    return judged == null
        ? plan
        : new TextPlan(
            plan.text(),
            plan.perspective(),
            List.of(part.deciding(judged.decision())),
            null,
            plan.madeAt());
  }

  private static @Nullable StatementAnalysis judged(
      String bound, TextPlan plan, BiFunction<String, Perspective, TextPlan> planner) {
    List<StatementAnalysis> parts = planner.apply(bound, plan.perspective()).parts();
    return parts.size() == 1 ? parts.get(0) : null;
  }

  /** SELECT changes nothing, and rows of plain values are as many as are written. */
  private static boolean valuesMatter(StatementFacts facts, Tokens tokens) {
    boolean reads = facts.kind() == StatementKind.SELECT && !facts.dataModifyingWith();
    return !reads && !PlainRows.tellAll(facts, tokens);
  }
}
