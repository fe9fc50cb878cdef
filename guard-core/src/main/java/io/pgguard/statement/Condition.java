package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges whether a WHERE condition narrows anything, by its form alone: constants, a column
 * compared with itself, a part and its opposite. Used by one thread.
 */
final class Condition {
  // Deeper conditions are not looked into; they count as the same for every row.
  private static final int MAX_DEPTH = 100;

  // More tokens than this are not compared; the condition then counts as the same for every row.
  private static final int MOST_COMPARED = 1_000_000;

  private final Span span;
  private int compared;

  Condition(Span span) {
    this.span = span;
  }

  WhereClause where() {
    return switch (truth(span, 0)) {
      case TRUE, SAME, PARAMETERS -> WhereClause.CONSTANT;
      case FALSE, DATA -> WhereClause.PRESENT;
    };
  }

  private Truth truth(Span whole, int depth) {
    if (depth > MAX_DEPTH) {
      return Truth.SAME;
    }
    Span s = withoutParentheses(whole);
    List<Span> parts = split(s, OR);
    if (parts.size() > 1) {
      return either(parts, depth);
    }
    parts = split(s, AND);
    if (parts.size() > 1) {
      Truth all = Truth.TRUE;
      for (Span part : parts) {
        all = all.and(truth(part, depth + 1));
      }
      return all;
    }
    if (s.is(s.from(), NOT)) {
      return truth(s.sub(s.from() + 1, s.to()), depth + 1).not();
    }
    return Comparison.truth(s);
  }

  private Truth either(List<Span> parts, int depth) {
    Truth any = Truth.FALSE;
    Set<String> seen = new HashSet<>();
    Set<String> opposites = new HashSet<>();
    for (Span part : parts) {
      compared += part.to() - part.from();
      if (compared > MOST_COMPARED) {
        return Truth.SAME;
      }
      any = any.or(truth(part, depth + 1));
      Span bare = withoutParentheses(part);
      String form = Comparison.canonical(bare);
      String opposite = Comparison.opposite(bare);
      if (seen.contains(opposite) || opposites.contains(form)) {
        return Truth.TRUE;
      }
      seen.add(form);
      opposites.add(opposite);
    }
    return any;
  }

  private static Span withoutParentheses(Span whole) {
    Span s = whole;
    while (s.is(s.from(), '(') && s.afterBracket(s.from()) == s.to() && s.to() > s.from() + 2) {
      s = s.sub(s.from() + 1, s.to() - 1);
    }
    return s;
  }

  /** The parts between this keyword, outside brackets and CASE, without the AND of BETWEEN. */
  private static List<Span> split(Span s, Keyword keyword) {
    List<Span> parts = new ArrayList<>();
    int start = s.from();
    int cases = 0;
    boolean between = false;
    for (int i = s.from(); i < s.to(); i++) {
      if (s.opens(i)) {
        i = s.afterBracket(i) - 1;
      } else if (s.is(i, '.')) {
        i++;
      } else if (s.is(i, CASE)) {
        cases++;
      } else if (s.is(i, END) && cases > 0) {
        cases--;
      } else if (s.is(i, BETWEEN)) {
        between = true;
      } else if (s.is(i, AND) && between && cases == 0) {
        between = false;
      } else if (s.is(i, keyword) && cases == 0) {
        parts.add(s.sub(start, i));
        start = i + 1;
      }
    }
    parts.add(s.sub(start, s.to()));
    return parts;
  }
}
