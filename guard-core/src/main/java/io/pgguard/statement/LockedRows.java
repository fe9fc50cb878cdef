package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

/**
 * How far the query that a locking clause ends is narrowed: by its own WHERE, not by one of a query
 * inside or around it. Thread-safe: no state.
 */
final class LockedRows {
  private LockedRows() {}

  /**
   * The WHERE of the query that a locking clause belongs to.
   *
   * @param locking index of the clause's FOR
   */
  static WhereClause where(Span span, int locking) {
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
}
