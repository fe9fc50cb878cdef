package io.pgguard.plan;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.ValueSizes;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.StatementPattern;
import io.pgguard.statement.StatementText;
import io.pgguard.statement.Tokens;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that holds for every text which differs from the first in nothing but free literals.
 * Immutable and thread-safe.
 *
 * <p>Taken only from a single SELECT, INSERT, UPDATE or DELETE whose columns were followed, where
 * no call's constants were looked at and no value's size was counted. Which literals are free the
 * tree says ({@link FreeLiterals}); what tokens tell, such as whether WHERE narrows anything, is
 * read anew for each text and must come out the same.
 */
final class SharedAnalysis {
  private final Tokens tokens;
  private final BitSet free;
  private final int[] fixed;
  private final StatementText text;
  private final StatementAnalysis analysis;

  /** Made for the first text that is compared with it: most that come once have none. */
  private @Nullable StatementPattern pattern;

  private SharedAnalysis(StatementText text, BitSet free, StatementAnalysis analysis) {
    this.tokens = text.tokens();
    this.free = free;
    this.fixed = fixed(tokens, free);
    this.text = text;
    this.analysis = analysis;
  }

  private static int[] fixed(Tokens tokens, BitSet free) {
    int[] fixed = new int[tokens.size()];
    int count = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (Shape.isLiteral(tokens.kind(i)) && !free.get(i)) {
        fixed[count++] = i;
      }
    }
    return Arrays.copyOf(fixed, count);
  }

  /**
   * What may be shared of a plan; null when it holds for its own text alone.
   *
   * @param trees the trees of its statements
   */
  static @Nullable SharedAnalysis of(
      TextAnalyzer.Reading reading, TextPlan plan, List<ParseResult> trees) {
    List<StatementAnalysis> parts = plan.parts();
    if (parts.size() != 1 || plan.unreadable() != null || !sharable(parts.get(0))) {
      return null;
    }
    if (!(trees.get(0) instanceof ParseResult.Parsed parsed)) {
      return null;
    }
    BitSet free = FreeLiterals.of(parsed.statement(), reading.tokens());
    if (free.isEmpty()) {
      return null;
    }
    return new SharedAnalysis(reading.required(), free, parts.get(0));
  }

  /** The same of a text of the same shape that takes this analysis over. */
  SharedAnalysis of(TextAnalyzer.Reading reading) {
    return new SharedAnalysis(reading.required(), free, analysis.of(reading.only()));
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
    if (!Collections.disjoint(analysis.facts().identifiers(), ValueSizes.GROWING)
        || !(analysis.lineage() instanceof Lineage.Known known)) {
      return false;
    }
    for (CalledFunction call : known.calls()) {
      if (!call.constants().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The length of the text that it was made from, in characters. */
  int length() {
    return tokens.source().length();
  }

  /** Whether this analysis holds for a text of the same shape. */
  boolean holdsFor(TextAnalyzer.Reading reading) {
    for (int i : fixed) {
      if (!Shape.sameText(tokens, reading.tokens(), i)) {
        return false;
      }
    }
    return allFree(reading.tokens()) && reading.only().tellsSameAs(analysis.facts());
  }

  private boolean allFree(Tokens others) {
    for (int i = free.nextSetBit(0); i >= 0; i = free.nextSetBit(i + 1)) {
      if (!FreeLiterals.isFree(others, i) || !FreeLiterals.sameType(tokens, others, i)) {
        return false;
      }
    }
    return true;
  }

  /** The plan of a text for which this analysis holds. */
  TextPlan plan(TextAnalyzer.Reading reading, Perspective perspective) {
    return plan(reading.text(), reading.only(), perspective);
  }

  /** The plan of a text that is written like this one but for free literals, or null. */
  @Nullable TextPlan plan(String text, Perspective perspective) {
    StatementFacts facts = pattern().match(text);
    return facts == null || !allFree(facts.tokens()) ? null : plan(text, facts, perspective);
  }

  private StatementPattern pattern() {
    StatementPattern known = pattern;
    if (known == null) {
      known = StatementPattern.of(text, free);
      pattern = known;
    }
    return known;
  }

  private TextPlan plan(String text, StatementFacts facts, Perspective perspective) {
    return new TextPlan(text, perspective, List.of(analysis.of(facts)), null);
  }
}
