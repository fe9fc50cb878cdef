package io.pgguard.statement;

/**
 * Finds where a quoted token ends: strings of every form, bit strings, quoted names, and that a
 * string goes on after white space with a newline. Thread-safe: no state.
 */
final class QuoteScanner {
  private QuoteScanner() {}

  /** The end of a constant between single quotes without backslash escapes. */
  static int string(String text, int open, String unterminated) throws LexicalException {
    int from = open + 1;
    while (true) {
      int close = text.indexOf('\'', from);
      if (close < 0) {
        throw new LexicalException(unterminated, open);
      }
      if (close + 1 < text.length() && text.charAt(close + 1) == '\'') {
        from = close + 2;
      } else {
        int next = continuation(text, close + 1);
        if (next < 0) {
          return close + 1;
        }
        from = next;
      }
    }
  }

  /** The end of a name between double quotes; an empty name is refused. */
  static int name(String text, int open) throws LexicalException {
    int from = open + 1;
    while (true) {
      int close = text.indexOf('"', from);
      if (close < 0) {
        throw new LexicalException("unterminated quoted identifier", open);
      }
      if (close + 1 >= text.length() || text.charAt(close + 1) != '"') {
        if (close == open + 1) {
          throw new LexicalException("zero-length delimited identifier", open);
        }
        return close + 1;
      }
      from = close + 2;
    }
  }

  /** The end of a dollar-quoted string, or -1 when no such string starts here. */
  static int dollar(String text, int start) throws LexicalException {
    int at = start + 1;
    if (at < text.length() && CharClass.isWordStart(text.charAt(at))) {
      while (at < text.length()
          && text.charAt(at) != '$'
          && CharClass.isWordPart(text.charAt(at))) {
        at++;
      }
    }
    if (at >= text.length() || text.charAt(at) != '$') {
      return -1;
    }
    String delimiter = text.substring(start, at + 1);
    int close = text.indexOf(delimiter, at + 1);
    if (close < 0) {
      throw new LexicalException("unterminated dollar-quoted string", start);
    }
    return close + delimiter.length();
  }

  /**
   * Where the content goes on when a closed string is continued, else -1. Between the parts stand
   * white space and {@code --} comments with at least one newline; a block comment ends the string.
   */
  static int continuation(String text, int from) {
    int at = from;
    boolean newline = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        return newline ? at + 1 : -1;
      }
      if (CharClass.isSpace(c)) {
        newline |= CharClass.isNewline(c);
        at++;
      } else if (c == '-' && at + 1 < text.length() && text.charAt(at + 1) == '-') {
        at = Comments.lineEnd(text, at);
      } else {
        return -1;
      }
    }
    return -1;
  }
}
