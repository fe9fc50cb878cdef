package io.pgguard.statement;

/**
 * Finds the end of the literals that nearly every text has: strings between single quotes without a
 * prefix, digits, digits with a point between them. Says nothing of any other, which {@link Lexer}
 * then reads. Thread-safe: no state.
 */
final class PlainLiterals {
  /** Numbers of so many digits fit into 32 bits, whatever the digits are. */
  private static final int SURE_DIGITS = 9;

  private PlainLiterals() {}

  /** The end of a plain literal of this kind that starts here, or -1 when there is none. */
  static int end(String text, int start, TokenKind kind) {
    if (start >= text.length()) {
      return -1;
    }
    return switch (kind) {
      case STRING -> string(text, start);
      case INTEGER, NUMERIC -> number(text, start, kind);
      default -> -1;
    };
  }

  private static int string(String text, int open) {
    if (text.charAt(open) != '\'') {
      return -1;
    }
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        if (at + 1 == text.length() || text.charAt(at + 1) != '\'') {
          return QuoteScanner.continuation(text, at + 1) < 0 ? at + 1 : -1;
        }
        at++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        return -1;
      }
      at++;
    }
    return -1;
  }

  private static int number(String text, int start, TokenKind kind) {
    int at = digits(text, start);
    if (at == start) {
      return -1;
    }
    TokenKind found = TokenKind.INTEGER;
    if (at + 1 < text.length() && text.charAt(at) == '.') {
      int point = at;
      at = digits(text, point + 1);
      if (at == point + 1) {
        return -1;
      }
      found = TokenKind.NUMERIC;
    } else if (at - start > SURE_DIGITS) {
      if (text.charAt(start) == '0' || at - start == SURE_DIGITS + 1) {
        return -1;
      }
      found = TokenKind.NUMERIC;
    }
    return found == kind && ends(text, at) ? at : -1;
  }

  /** Whether nothing here could belong to a number before it. */
  private static boolean ends(String text, int at) {
    return at == text.length() || text.charAt(at) != '.' && !CharClass.isWordPart(text.charAt(at));
  }

  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length() && CharClass.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
