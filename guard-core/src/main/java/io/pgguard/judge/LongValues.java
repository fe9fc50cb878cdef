package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Whether a statement would make a value that is too long to hold. Stateless and thread-safe. */
final class LongValues {
  /** The values of longer statements are not counted. */
  private static final int MOST_TOKENS = 50_000;

  private LongValues() {}

  /**
   * @param known the statement's tree, where it was made before
   */
  static boolean any(
      StatementFacts facts, Tokens tokens, boolean touchesProtected, @Nullable ParseResult known) {
    boolean grows = !Collections.disjoint(facts.identifiers(), ValueSizes.GROWING);
    if (!grows && !mayJoin(facts, tokens)) {
      return false;
    }
    boolean parsed =
        facts.nestingDepth() <= Findings.MAX_NESTING && facts.to() - facts.from() < MOST_TOKENS;
    try {
      return parsed
              && (grows || touchesProtected)
              && tree(facts, tokens, known) instanceof ParseResult.Parsed tree
          ? ValueSizes.largest(tree.statement()) > ValueSizes.LARGEST
          : grows && anyHuge(facts, tokens);
    } catch (StackOverflowError e) {
      // A tree too high for the stack at hand: nothing is known of its values, so they are long.
      return true;
    }
  }

  /**
   * Whether anything puts values together. Where nothing does and nothing makes long ones of short
   * ones, none is longer than the text's own constants.
   */
  private static boolean mayJoin(StatementFacts facts, Tokens tokens) {
    if (tokens.source().length() >= ValueSizes.LARGEST || ValueSizes.joins(facts.identifiers())) {
      return true;
    }
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.isOperator(i, "||")) {
        return true;
      }
    }
    return false;
  }

  private static ParseResult tree(
      StatementFacts facts, Tokens tokens, @Nullable ParseResult known) {
    return known instanceof ParseResult.Parsed ? known : StatementJudge.tree(facts, tokens);
  }

  /** Without a tree, any number so large counts. */
  private static boolean anyHuge(StatementFacts facts, Tokens tokens) {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (huge(tokens, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean huge(Tokens tokens, int at) {
    if (tokens.is(at, TokenKind.NUMERIC)) {
      return tokens.value(at).chars().allMatch(Character::isDigit); // too large for an integer
    }
    return tokens.is(at, TokenKind.INTEGER)
        && tokens.value(at).length() >= 8
        && !tokens.value(at).startsWith("0x");
  }
}
