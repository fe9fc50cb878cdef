package io.pgguard.judge;

import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.Locale;
import java.util.Set;

/**
 * Whether an EXPLAIN shows figures: estimates come from statistics of stored values, measured sizes
 * from the values themselves (PostgreSQL documentation, "EXPLAIN"). Stateless.
 */
final class PlanFigures {
  private static final Set<String> OFF = Set.of("off", "false", "0");

  private PlanFigures() {}

  /** Whether it does: always, but for {@code (COSTS OFF)} without ANALYZE. */
  static boolean shown(StatementFacts facts, Tokens tokens) {
    int open = facts.from() + 1;
    if (open >= facts.to() || !tokens.is(open, '(')) {
      return true;
    }
    boolean costs = true;
    for (int i = open + 1; i < facts.to() && !tokens.is(i, ')'); i++) {
      String word = word(tokens, i);
      if (word.startsWith("analy") || word.equals("memory") || word.equals("serialize")) {
        return true;
      }
      if (word.equals("costs")) {
        costs = !OFF.contains(word(tokens, i + 1));
      }
    }
    return costs;
  }

  private static String word(Tokens tokens, int i) {
    boolean plain = tokens.is(i, TokenKind.WORD) || tokens.is(i, TokenKind.INTEGER);
    return plain || tokens.is(i, TokenKind.STRING) || tokens.is(i, TokenKind.QUOTED_NAME)
        ? tokens.value(i).toLowerCase(Locale.ROOT)
        : "";
  }
}
