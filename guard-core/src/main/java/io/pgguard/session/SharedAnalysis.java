package io.pgguard.session;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.CalledFunction;
import io.pgguard.lineage.Lineage;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that holds for every text which differs from the first in nothing but free literals.
 * Immutable and thread-safe.
 *
 * <p>Taken only from a single SELECT, INSERT, UPDATE or DELETE whose columns were followed, where
 * no call's constants were looked at and the planner was not asked. Which literals are free the
 * tree says ({@link FreeLiterals}); what tokens tell, such as whether WHERE narrows anything, is
 * read anew for each text and must come out the same.
 */
final class SharedAnalysis {
  private final Tokens tokens;
  private final int[] fixed;
  private final StatementAnalysis analysis;

  private SharedAnalysis(Tokens tokens, int[] fixed, StatementAnalysis analysis) {
    this.tokens = tokens;
    this.fixed = fixed;
    this.analysis = analysis;
  }

  /** What may be shared of a plan; null when it holds for its own text alone. */
  static @Nullable SharedAnalysis of(TextAnalyzer.Reading reading, TextPlan plan) {
    List<StatementAnalysis> parts = plan.parts();
    if (parts.size() != 1 || plan.unreadable() != null || !sharable(parts.get(0))) {
      return null;
    }
    StatementFacts facts = parts.get(0).facts();
    Tokens tokens = reading.tokens();
    if (!(StatementJudge.tree(facts, tokens) instanceof ParseResult.Parsed parsed)) {
      return null;
    }
    BitSet free = FreeLiterals.of(parsed.statement(), tokens);
    if (free.isEmpty()) {
      return null;
    }
    BitSet fixed = new BitSet();
    for (int i = 0; i < tokens.size(); i++) {
      if (Shape.isLiteral(tokens.kind(i)) && !free.get(i)) {
        fixed.set(i);
      }
    }
    return new SharedAnalysis(tokens, fixed.stream().toArray(), parts.get(0));
  }

  /** Whether a statement of this kind, with what it carries, may be shared at all. */
  static boolean mayShare(StatementFacts facts) {
    StatementKind kind = facts.kind();
    return (kind == StatementKind.SELECT
            || kind == StatementKind.INSERT
            || kind == StatementKind.UPDATE
            || kind == StatementKind.DELETE)
        && facts.carried().isEmpty();
  }

  private static boolean sharable(StatementAnalysis analysis) {
    if (analysis.figured() || !(analysis.lineage() instanceof Lineage.Known known)) {
      return false;
    }
    for (CalledFunction call : known.calls()) {
      if (!call.constants().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The plan of a text of the same shape, or null when this analysis does not hold for it. */
  @Nullable TextPlan plan(TextAnalyzer.Reading reading, Perspective perspective) {
    for (int i : fixed) {
      if (!Shape.sameText(tokens, reading.tokens(), i)) {
        return null;
      }
    }
    StatementFacts facts = reading.only();
    if (!facts.tellsSameAs(analysis.facts())) {
      return null;
    }
    return new TextPlan(reading.text(), perspective, List.of(analysis.of(facts)), null);
  }
}
