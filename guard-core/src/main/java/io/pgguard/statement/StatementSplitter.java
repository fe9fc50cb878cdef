package io.pgguard.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where statements end. A routine's body from BEGIN ATOMIC holds semicolons up to an END that
 * stands where a statement would begin (PostgreSQL documentation, "CREATE FUNCTION"). Thread-safe.
 */
final class StatementSplitter {
  private StatementSplitter() {}

  /** The indexes after the last token of each statement, empty statements included. */
  static List<Integer> ends(Tokens tokens, Brackets brackets, int from, int to) {
    List<Integer> ends = new ArrayList<>();
    int start = from;
    int bodies = 0;
    for (int i = from; i < to; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        i = brackets.partner(i);
      } else if (tokens.is(i, ';')) {
        if (bodies == 0) {
          ends.add(i);
        }
        start = i + 1;
      } else if (opensBody(tokens, i, to) && makesRoutine(tokens, start, i)) {
        bodies++;
        i++;
        start = i + 1;
      } else if (bodies > 0 && i == start && tokens.is(i, Keyword.END)) {
        bodies--;
      }
    }
    ends.add(to);
    return ends;
  }

  /** Whether BEGIN ATOMIC stands here. */
  static boolean opensBody(Tokens tokens, int i, int to) {
    return tokens.is(i, Keyword.BEGIN) && i + 1 < to && tokens.is(i + 1, Keyword.ATOMIC);
  }

  private static boolean makesRoutine(Tokens tokens, int start, int before) {
    if (!tokens.is(start, Keyword.CREATE)) {
      return false;
    }
    boolean replace = start + 2 < before && tokens.is(start + 1, Keyword.OR);
    int object = replace ? start + 3 : start + 1;
    return object < before
        && (tokens.is(object, Keyword.FUNCTION) || tokens.is(object, Keyword.PROCEDURE));
  }
}
