package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

/**
 * How far the query that a locking clause ends is narrowed: by its own WHERE or LIMIT, not by one
 * of a query inside or around it. Thread-safe: no state.
 */
final class LockedRows {
  /** Most rows that a query without WHERE may lock: a batch of a queue. */
  private static final int BATCH = 1_000;

  private LockedRows() {}

  /**
   * The WHERE of the query that a locking clause belongs to; a LIMIT of a batch counts as one, and
   * so does ON CONFLICT DO SELECT.
   *
   * @param locking index of the clause's FOR
   */
  static WhereClause where(Span span, int locking) {
    if (span.are(locking - 2, DO, SELECT)) {
      return WhereClause.PRESENT; // of ON CONFLICT: the row in conflict
    }
    WhereClause own = ownWhere(span, locking);
    return own != WhereClause.PRESENT && isLimited(span, locking) ? WhereClause.PRESENT : own;
  }

  private static WhereClause ownWhere(Span span, int locking) {
    int at = locking - 1;
    while (at >= span.from() && !span.opens(at)) {
      if (span.is(at, ')') || span.is(at, ']')) {
        at = span.brackets().partner(at) - 1;
      } else if (!span.is(at - 1, '.') && span.is(at, WHERE)) {
        return new Condition(span.sub(at + 1, end(span, at + 1, locking))).where();
      } else if (!span.is(at - 1, '.') && span.is(at, SELECT)) {
        return WhereClause.MISSING;
      } else {
        at--;
      }
    }
    return WhereClause.MISSING;
  }

  private static int end(Span span, int from, int locking) {
    int at = from;
    while (at < locking
        && !span.isAny(at, GROUP, HAVING, WINDOW, ORDER, LIMIT, OFFSET, FETCH, FOR)) {
      at = span.is(at, '.') ? at + 2 : Math.max(at + 1, span.afterBracket(at));
    }
    return Math.min(at, locking);
  }

  /**
   * Whether the query locks no more rows than a batch. Rows are locked as they leave the query, so
   * LIMIT holds that back, except those of a query inside FROM, which may lock its own before
   * (SELECT, "The Locking Clause").
   */
  private static boolean isLimited(Span span, int locking) {
    int at = locking - 1;
    boolean limited = false;
    while (at >= span.from() && !span.opens(at) && !span.is(at, SELECT)) {
      if (span.is(at, ')') || span.is(at, ']')) {
        at = span.brackets().partner(at);
        if (span.isAny(at + 1, SELECT, WITH, VALUES, TABLE) || span.is(at + 1, '(')) {
          return false;
        }
      }
      limited |= isBatch(span, at);
      at--;
    }
    for (at = locking;
        at < span.to() && !span.is(at, ')') && !span.isAny(at, UNION, INTERSECT, EXCEPT);
        at = Math.max(at + 1, span.afterBracket(at))) {
      limited |= isBatch(span, at);
    }
    return limited;
  }

  /** LIMIT 10, or FETCH FIRST 10 ROWS ONLY. */
  private static boolean isBatch(Span span, int i) {
    if (span.is(i - 1, '.')) {
      return false;
    }
    if (span.is(i, LIMIT)) {
      return isSmall(span, i + 1) && !span.is(i + 2, TokenKind.OPERATOR);
    }
    if (!span.is(i, FETCH) || !span.isAny(i + 1, FIRST, NEXT)) {
      return false;
    }
    int rows = span.isAny(i + 2, ROW, ROWS) ? i + 2 : i + 3;
    return (rows == i + 2 || isSmall(span, i + 2))
        && span.isAny(rows, ROW, ROWS)
        && span.is(rows + 1, ONLY);
  }

  private static boolean isSmall(Span span, int i) {
    if (!span.is(i, TokenKind.INTEGER)) {
      return false;
    }
    String digits = span.tokens().value(i);
    return digits.length() <= 4
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(digits) <= BATCH;
  }
}
