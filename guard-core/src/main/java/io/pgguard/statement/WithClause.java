package io.pgguard.statement;

import java.util.BitSet;

/**
 * Walks over a WITH clause by its grammar (PostgreSQL documentation, "SELECT", WITH Clause), since
 * a common table expression may be called {@code delete}. Used by one thread.
 */
final class WithClause {
  private final Span span;
  // The opening parentheses of the bodies that were found.
  private final BitSet bodies = new BitSet();

  WithClause(Span span) {
    this.span = span;
  }

  boolean isBody(int open) {
    return bodies.get(open);
  }

  /** The index after the clause that starts with WITH here, or -1 when it is none. */
  int skip(int with) {
    int at = with + 1;
    boolean named = span.is(at + 1, Keyword.AS) || span.is(at + 1, '(');
    if (span.is(at, Keyword.RECURSIVE) && !named) {
      at++;
    }
    while (true) {
      at = expression(at);
      if (at < 0 || !span.is(at, ',')) {
        return at;
      }
      at++;
    }
  }

  private int expression(int start) {
    if (!span.isWord(start)) {
      return -1;
    }
    int at = span.is(start + 1, '(') ? span.afterBracket(start + 1) : start + 1;
    if (!span.is(at, Keyword.AS)) {
      return -1;
    }
    at++;
    if (span.is(at, Keyword.NOT)) {
      at++;
    }
    if (span.is(at, Keyword.MATERIALIZED)) {
      at++;
    }
    if (!span.is(at, '(')) {
      return -1;
    }
    bodies.set(at);
    return cycle(search(span.afterBracket(at)));
  }

  private int search(int at) {
    if (!span.is(at, Keyword.SEARCH)) {
      return at;
    }
    int set = names(at + 4);
    return set < 0 || !span.is(set, Keyword.SET) ? -1 : set + 2;
  }

  private int cycle(int at) {
    if (at < 0 || !span.is(at, Keyword.CYCLE)) {
      return at;
    }
    int set = names(at + 1);
    int using = set < 0 || !span.is(set, Keyword.SET) ? -1 : span.find(set + 2, Keyword.USING);
    return using < 0 ? -1 : using + 2;
  }

  /** The index after a list of names, or -1. */
  private int names(int start) {
    int at = start;
    while (span.isWord(at)) {
      if (!span.is(at + 1, ',')) {
        return at + 1;
      }
      at += 2;
    }
    return -1;
  }
}
