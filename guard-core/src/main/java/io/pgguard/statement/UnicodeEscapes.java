package io.pgguard.statement;

/** The Unicode escapes of {@code U&'...'} and {@code U&"..."}. Thread-safe: no state. */
final class UnicodeEscapes {
  private static final String BAD_PAIR = "invalid Unicode surrogate pair";

  private UnicodeEscapes() {}

  /** Whether UESCAPE may name this character: no hex digit, sign, quote or white space. */
  static boolean isEscapeCharacter(char c) {
    return c < 128
        && !CharClass.isHex(c)
        && c != '+'
        && c != '\''
        && c != '"'
        && !CharClass.isSpace(c);
  }

  /** The content with its escapes replaced. */
  static String resolve(String raw, char escape, int position) throws LexicalException {
    int at = raw.indexOf(escape);
    if (at < 0) {
      return raw;
    }
    StringBuilder value = new StringBuilder(raw.length());
    value.append(raw, 0, at);
    int high = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      boolean literal = c != escape || (at + 1 < raw.length() && raw.charAt(at + 1) == escape);
      if (literal) {
        refusePending(high, position);
        value.append(c);
        at += c == escape ? 2 : 1;
      } else {
        int digits = at + 1 < raw.length() && raw.charAt(at + 1) == '+' ? 6 : 4;
        int from = digits == 6 ? at + 2 : at + 1;
        int codePoint = codePoint(hex(raw, from, digits, position), position);
        high = append(value, codePoint, high, position);
        at = from + digits;
      }
    }
    refusePending(high, position);
    return value.toString();
  }

  private static void refusePending(int high, int position) throws LexicalException {
    if (high != 0) {
      throw new LexicalException(BAD_PAIR, position);
    }
  }

  /** Appends a code point, or keeps a high surrogate for the next one; returns what is kept. */
  static int append(StringBuilder value, int codePoint, int high, int position)
      throws LexicalException {
    boolean low = codePoint >= 0xDC00 && codePoint <= 0xDFFF;
    if (low != (high != 0)) {
      throw new LexicalException(BAD_PAIR, position);
    }
    if (codePoint >= 0xD800 && codePoint <= 0xDBFF) {
      return codePoint;
    }
    value.appendCodePoint(low ? Character.toCodePoint((char) high, (char) codePoint) : codePoint);
    return 0;
  }

  /** Exactly this many hex digits as a number. */
  static long hex(String text, int from, int digits, int position) throws LexicalException {
    if (from + digits > text.length()) {
      throw new LexicalException("invalid Unicode escape", position);
    }
    long number = 0;
    for (int i = from; i < from + digits; i++) {
      if (!CharClass.isHex(text.charAt(i))) {
        throw new LexicalException("invalid Unicode escape", position);
      }
      number = number * 16 + Character.digit(text.charAt(i), 16);
    }
    return number;
  }

  /** The number as a code point; PostgreSQL knows none that is zero. */
  static int codePoint(long number, int position) throws LexicalException {
    if (number == 0 || number > Character.MAX_CODE_POINT) {
      throw new LexicalException("invalid Unicode escape value", position);
    }
    return (int) number;
  }
}
