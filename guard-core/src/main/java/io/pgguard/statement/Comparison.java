package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.Map;
import java.util.Set;

/** Judges one condition without AND, OR and NOT, by its form. Thread-safe: no state. */
final class Comparison {
  private static final Set<String> TRUE_OF_EQUALS = Set.of("=", "<=", ">=", "~~", "~~*");
  private static final Set<String> FALSE_OF_EQUALS = Set.of("<>", "!=", "<", ">");
  private static final Map<String, String> OPPOSITES =
      Map.of("=", "<>", "<>", "=", "!=", "=", "<", ">=", ">=", "<", ">", "<=", "<=", ">");
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax");

  private Comparison() {}

  static Truth truth(Span s) {
    if (s.to() == s.from() + 1) {
      if (s.is(s.from(), TRUE)) {
        return Truth.TRUE;
      }
      if (s.isAny(s.from(), FALSE, NULL)) {
        return Truth.FALSE;
      }
    }
    int operator = operator(s);
    if (operator > s.from()) {
      Truth compared = compared(s, operator);
      if (compared != null) {
        return compared;
      }
    }
    if (isSystemColumnNotNull(s) || startsWithEverything(s) || isOwnRelation(s)) {
      return Truth.TRUE;
    }
    return constancy(s);
  }

  private static @org.jspecify.annotations.Nullable Truth compared(Span s, int operator) {
    Span left = s.sub(s.from(), operator);
    boolean distinct = s.is(operator, IS);
    int rightFrom = right(s, operator);
    Span right = s.sub(rightFrom, s.to());
    String sign = distinct ? (s.is(operator + 1, NOT) ? "=" : "<>") : sign(s, operator);
    if (sameValue(left, right)) {
      if (TRUE_OF_EQUALS.contains(sign)) {
        return Truth.TRUE;
      }
      return FALSE_OF_EQUALS.contains(sign) ? Truth.FALSE : null;
    }
    boolean integers = isInteger(left) && isInteger(right);
    return integers && sign.equals("=") ? Truth.FALSE : null;
  }

  private static boolean isInteger(Span s) {
    return s.to() == s.from() + 1
        && s.is(s.from(), TokenKind.INTEGER)
        && Character.isDigit(s.tokens().text(s.from()).charAt(s.to() - s.from() - 1))
        && s.tokens().text(s.from()).chars().allMatch(Character::isDigit);
  }

  private static String sign(Span s, int operator) {
    return s.is(operator, LIKE) ? "~~" : s.is(operator, ILIKE) ? "~~*" : s.tokens().text(operator);
  }

  private static int right(Span s, int operator) {
    if (!s.is(operator, IS)) {
      return operator + 1;
    }
    return s.is(operator + 1, NOT) ? operator + 4 : operator + 3;
  }

  /** The only comparison outside brackets, or -1: an operator, LIKE, IS [NOT] DISTINCT FROM. */
  private static int operator(Span s) {
    int found = -1;
    for (int i = s.from(); i < s.to(); i++) {
      boolean compares =
          (s.is(i, TokenKind.OPERATOR) && (OPPOSITES.containsKey(s.tokens().text(i))))
              || s.isAny(i, LIKE, ILIKE)
              || (s.is(i, IS) && (s.is(i + 1, DISTINCT) || s.are(i + 1, NOT, DISTINCT)));
      if (compares) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      } else if (s.opens(i)) {
        i = s.afterBracket(i) - 1;
      }
    }
    return found;
  }

  /** Whether both sides are written alike; a column may have its relation on one side only. */
  private static boolean sameValue(Span left, Span right) {
    Span l = bare(left);
    Span r = bare(right);
    if (l.from() >= l.to() || r.from() >= r.to()) {
      return false;
    }
    boolean columns =
        l.isWord(l.from())
            && r.isWord(r.from())
            && l.afterName(l.from()) == l.to()
            && r.afterName(r.from()) == r.to();
    if (columns && (l.to() - l.from() == 1 || r.to() - r.from() == 1)) {
      return l.tokens().value(l.to() - 1).equals(r.tokens().value(r.to() - 1));
    }
    return canonical(l).equals(canonical(r));
  }

  private static Span bare(Span whole) {
    Span s = whole;
    while (s.is(s.from(), '(') && s.afterBracket(s.from()) == s.to()) {
      s = s.sub(s.from() + 1, s.to() - 1);
    }
    return s;
  }

  /** The tokens' values joined, so that spelling and white space do not matter. */
  static String canonical(Span s) {
    StringBuilder text = new StringBuilder();
    for (int i = s.from(); i < s.to(); i++) {
      boolean constant = s.is(i, TokenKind.STRING);
      text.append(constant ? '\'' : ' ').append(s.is(i, TokenKind.PARAMETER) ? "$" : "");
      text.append(s.tokens().value(i));
    }
    return text.toString();
  }

  /** The canonical text of the opposite condition, empty when there is none by form. */
  static String opposite(Span s) {
    if (s.is(s.from(), NOT)) {
      return canonical(bare(s.sub(s.from() + 1, s.to())));
    }
    int is = s.find(s.from(), IS);
    if (is > s.from() && s.is(s.to() - 1, NULL)) {
      String left = canonical(s.sub(s.from(), is));
      return left + (s.is(is + 1, NOT) ? " is null" : " is not null");
    }
    int operator = operator(s);
    String opposite = operator < 0 ? null : OPPOSITES.get(sign(s, operator));
    if (opposite == null) {
      return "";
    }
    return canonical(s.sub(s.from(), operator))
        + " "
        + opposite
        + canonical(s.sub(operator + 1, s.to()));
  }

  private static boolean isSystemColumnNotNull(Span s) {
    int is = s.find(s.from(), IS);
    return is > s.from()
        && s.are(is + 1, NOT, NULL)
        && s.afterName(s.from()) == is
        && SYSTEM_COLUMNS.contains(s.tokens().value(is - 1));
  }

  /** {@code x LIKE '%'}, {@code x ~ ''}, {@code x ~ '.*'}. */
  private static boolean startsWithEverything(Span s) {
    int last = s.to() - 1;
    if (!s.is(last, TokenKind.STRING)) {
      return false;
    }
    String pattern = s.tokens().value(last);
    if (s.isAny(last - 1, LIKE, ILIKE)) {
      return !s.is(last - 2, NOT) && pattern.matches("%+");
    }
    return s.isOperator(last - 1, "~") && Set.of("", ".*", "^").contains(pattern);
  }

  /** {@code id IN (SELECT id FROM t)} and {@code id = ANY (SELECT id FROM t)}, without more. */
  private static boolean isOwnRelation(Span s) {
    int open = s.to() - 1;
    open = open > s.from() && s.is(open, ')') ? s.brackets().partner(open) : -1;
    boolean any = s.isAny(open - 1, ANY, SOME) && s.isOperator(open - 2, "=");
    int operator = any ? open - 2 : open - 1;
    if (open < 0 || !(any || (s.is(operator, IN) && !s.is(operator - 1, NOT)))) {
      return false;
    }
    int column = s.afterName(open + 2) - 1;
    return s.is(open + 1, SELECT)
        && s.isWord(column)
        && s.is(column + 1, FROM)
        && s.afterName(column + 2) == s.to() - 1
        && s.isWord(operator - 1)
        && s.tokens().value(column).equals(s.tokens().value(operator - 1));
  }

  /** Whether the condition names nothing that could be a column; EXISTS of a whole relation too. */
  private static Truth constancy(Span s) {
    boolean parameters = false;
    for (int i = s.from(); i < s.to(); i++) {
      if (s.is(i, EXISTS) && s.is(i + 1, '(') && !correlates(s, i + 1)) {
        i = s.afterBracket(i + 1) - 1;
      } else if (s.is(i, TokenKind.TYPECAST)) {
        i = s.afterName(i + 1) - 1;
      } else if (mayBeColumn(s, i)) {
        return Truth.DATA;
      }
      parameters |= s.is(i, TokenKind.PARAMETER);
    }
    return parameters ? Truth.PARAMETERS : Truth.SAME;
  }

  private static boolean mayBeColumn(Span s, int i) {
    if (!s.isColumnName(i) || s.isAny(i, BETWEEN, VALUES, ROW, EXISTS, COALESCE, INTERVAL)) {
      return false;
    }
    int end = s.afterName(i);
    boolean zone = s.is(i, AT) && s.is(i + 1, TIME) || s.is(i - 1, AT) || s.is(i - 2, AT);
    return !zone && !s.is(end, '(') && !s.is(end, TokenKind.STRING);
  }

  private static boolean correlates(Span s, int open) {
    for (int i = open + 1; i < s.afterBracket(open) - 1; i++) {
      if (s.isAny(i, WHERE, HAVING, ON, USING, JOIN, LIMIT, OFFSET, LATERAL, FETCH)) {
        return true;
      }
    }
    return false;
  }
}
