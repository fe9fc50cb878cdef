package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

/**
 * The words that begin a clause of a query or of a statement that changes rows: what is looked for
 * behind them, and what they tell of the statement. Used by one thread, for one statement.
 */
final class Clauses {
  private final Span span;
  private final FactsBuilder facts;
  private final ScanLevels levels;

  Clauses(Span span, FactsBuilder facts, ScanLevels levels) {
    this.span = span;
    this.facts = facts;
    this.levels = levels;
  }

  /** The token to go on with behind a word that begins a clause; -1 where this one does not. */
  int read(int i, Keyword keyword) {
    switch (keyword) {
      case FROM -> from(i);
      case JOIN -> {
        if (levels.state() != ScanState.AFTER_ITEM && span.is(i + 1, '(')) {
          return -1;
        }
        levels.state(ScanState.ITEM);
      }
      case USING -> {
        if (levels.state() == ScanState.TARGET_USING) {
          levels.state(ScanState.ITEM);
        }
      }
      case INTO -> {
        return into(i);
      }
      case WHERE -> where(i);
      case UNION, INTERSECT, EXCEPT -> {
        levels.state(ScanState.QUERY);
        return span.isAny(i + 1, ALL, DISTINCT) ? i + 2 : i + 1;
      }
      case GROUP, HAVING, WINDOW, ORDER, LIMIT, OFFSET, FETCH, RETURNING -> {
        if (!span.is(i - 1, WITHIN)) {
          levels.state(ScanState.EXPRESSION);
        }
      }
      case WHEN -> {
        if (levels.has(ScanLevels.MERGE)) {
          levels.state(ScanState.EXPRESSION);
        }
      }
      case FOR -> {
        return locking(i);
      }
      case AS -> {
        return span.isWord(i + 1) ? i + 2 : i + 1;
      }
      default -> {
        return -1;
      }
    }
    return i + 1;
  }

  private void from(int i) {
    boolean distinct = span.is(i - 1, DISTINCT) && (span.is(i - 2, IS) || span.are(i - 3, IS, NOT));
    if (!distinct && !levels.has(ScanLevels.NO_FROM)) {
      levels.state(ScanState.ITEM);
    }
  }

  private int into(int i) {
    facts.into = true;
    boolean temporary = false;
    int at = i + 1;
    while (span.isAny(at, TEMP, TEMPORARY, LOCAL, GLOBAL, UNLOGGED, TABLE) && span.isWord(at + 1)) {
      temporary |= span.isAny(at, TEMP, TEMPORARY);
      at++;
    }
    if (span.isColumnName(at)) {
      int end = span.afterName(at);
      Name name = span.name(at, end);
      facts.relations.add(name);
      temporary |= MadeRelation.isTemporary(name.schema());
      facts.made = new MadeRelation(name, temporary, false, false, null);
      at = end;
    }
    levels.state(ScanState.EXPRESSION);
    return at;
  }

  private int locking(int i) {
    boolean locks =
        span.isAny(i + 1, UPDATE, SHARE) || span.are(i + 1, KEY, SHARE) || span.are(i + 1, NO, KEY);
    if (!locks || levels.has(ScanLevels.NO_FROM)) {
      return i + 1;
    }
    facts.locking = true;
    if (!levels.has(ScanLevels.LOCKED)) {
      levels.set(ScanLevels.LOCKED);
      facts.locked = facts.locked.and(LockedRows.where(span, i));
    }
    int at = i + 1;
    while (span.isAny(at, NO, KEY, UPDATE, SHARE)) {
      at++;
    }
    if (span.is(at, OF)) {
      levels.state(ScanState.ITEM);
      return at + 1;
    }
    levels.state(ScanState.EXPRESSION);
    return at;
  }

  private void where(int i) {
    levels.state(ScanState.EXPRESSION);
    if (!levels.has(ScanLevels.AWAITS_WHERE)) {
      return;
    }
    levels.clear(ScanLevels.AWAITS_WHERE);
    int end = i + 1;
    while (end < span.to() && !span.is(end, ')') && !span.is(end, RETURNING)) {
      end = span.is(end, '.') ? end + 2 : Math.max(end + 1, span.afterBracket(end));
    }
    end = Math.min(end, span.to());
    if (span.are(i + 1, CURRENT, OF)) {
      facts.currentOf = true;
      facts.where = facts.where.and(WhereClause.PRESENT);
    } else {
      facts.where = facts.where.and(new Condition(span.sub(i + 1, end)).where());
    }
  }
}
