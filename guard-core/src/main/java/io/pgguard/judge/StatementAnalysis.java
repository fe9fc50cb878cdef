package io.pgguard.judge;

import io.pgguard.lineage.Lineage;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.StatementFacts;
import java.util.List;

/**
 * What is known of one statement from one perspective, and what the policy says of it. Immutable
 * and shared.
 *
 * @param facts what tokens tell
 * @param text the statement's own text
 * @param lineage the way of columns
 * @param touchesProtected whether it could reach a protected relation: then what no layer vouches
 *     for is hidden
 * @param treatments what lineage wants done with each output; empty where lineage is unknown
 * @param decision the policy's decision
 * @param layer the layer that decided: {@code tokens}, {@code mentions} or {@code lineage}
 * @param protections what the principal may not see
 * @param figured whether the planner's figures had a part in the decision: they depend on literals
 */
public record StatementAnalysis(
    StatementFacts facts,
    String text,
    Lineage lineage,
    boolean touchesProtected,
    List<OutputTreatment> treatments,
    Decision decision,
    String layer,
    Protections protections,
    boolean figured) {
  public StatementAnalysis {
    treatments = List.copyOf(treatments);
  }

  /** The same of another text, where nothing but its tokens' facts depends on the text. */
  public StatementAnalysis of(StatementFacts others) {
    return new StatementAnalysis(
        others,
        others.text(),
        lineage,
        touchesProtected,
        treatments,
        decision,
        layer,
        protections,
        figured);
  }

  /** The same, decided otherwise. */
  public StatementAnalysis deciding(Decision other) {
    return new StatementAnalysis(
        facts, text, lineage, touchesProtected, treatments, other, layer, protections, figured);
  }

  public Verdict.Outcome outcome() {
    return decision instanceof Decision.Deny
        ? Verdict.Outcome.DENY
        : decision instanceof Decision.RequireApproval
            ? Verdict.Outcome.APPROVE
            : Verdict.Outcome.ALLOW;
  }
}
