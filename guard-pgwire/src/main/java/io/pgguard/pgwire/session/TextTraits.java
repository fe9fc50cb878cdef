package io.pgguard.pgwire.session;

import java.util.Locale;
import java.util.Set;

/**
 * What the machine must know of a text to keep its own books; never what the text may do. Each
 * trait errs to the careful side.
 *
 * @param plain whether it is a query or a data change, whose result the server fixes when it plans
 * @param noRows whether it cannot return rows
 * @param writesAndReturns whether it may change data and return rows
 * @param createsNames whether it may make a prepared statement or a cursor
 * @param readsNames whether what it does depends on a prepared statement or cursor of SQL
 * @param fetches whether it is a FETCH
 */
record TextTraits(
    boolean plain,
    boolean noRows,
    boolean writesAndReturns,
    boolean createsNames,
    boolean readsNames,
    boolean fetches) {
  private static final Set<String> PLAIN =
      Set.of("select", "with", "insert", "update", "delete", "merge", "values", "table");
  private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
  private static final Set<String> RUNS_OTHERS = Set.of("execute", "call");
  private static final Set<String> READS_NAMES =
      Set.of("fetch", "move", "execute", "explain", "create");

  static TextTraits read(String text) {
    String word = firstWord(text);
    boolean returning = holds(text, "returning");
    return new TextTraits(
        PLAIN.contains(word),
        CHANGES.contains(word) && !returning,
        returning || RUNS_OTHERS.contains(word),
        holds(text, "prepare") || holds(text, "declare"),
        READS_NAMES.contains(word),
        word.equals("fetch"));
  }

  /** Whether an ASCII word occurs anywhere, in any case. */
  static boolean holds(String text, String word) {
    int last = text.length() - word.length();
    for (int i = 0; i <= last; i++) {
      if ((text.charAt(i) | 0x20) == word.charAt(0)
          && text.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static String firstWord(String text) {
    int at = start(text);
    int end = at;
    while (end < text.length() && letter(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end).toLowerCase(Locale.ROOT);
  }

  /**
   * Where the first thing stands that is not white space, a parenthesis, a semicolon or a comment.
   */
  private static int start(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '(' || c == ';' || c >= '\t' && c <= '\r') {
        at++;
      } else if (text.startsWith("--", at)) {
        at = lineEnd(text, at);
      } else if (text.startsWith("/*", at)) {
        at = commentEnd(text, at);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Comments nest (PostgreSQL documentation, "Lexical Structure"). */
  private static int commentEnd(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }

  private static boolean letter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }
}
