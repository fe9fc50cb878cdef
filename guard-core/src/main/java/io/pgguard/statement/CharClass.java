package io.pgguard.statement;

/**
 * PostgreSQL's classes of characters. Every character beyond ASCII is a letter, also NO-BREAK
 * SPACE; white space is six ASCII characters (PostgreSQL documentation, "Lexical Structure").
 * Thread-safe.
 */
final class CharClass {
  private static final int SPACE = 1;
  private static final int WORD_START = 2;
  private static final int WORD_PART = 4;
  private static final int DIGIT = 8;
  private static final int OPERATOR = 16;
  private static final int OPERATOR_SPECIAL = 32;
  private static final int HEX = 64;

  private static final byte[] CLASSES = new byte[128];

  static {
    mark(" \t\n\r\f\u000b", SPACE);
    mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", WORD_START | WORD_PART);
    mark("0123456789", DIGIT | WORD_PART | HEX);
    mark("abcdefABCDEF", HEX);
    mark("$", WORD_PART);
    mark("~!@#^&|`?+-*/%<>=", OPERATOR);
    mark("~!@#^&|`?%", OPERATOR_SPECIAL);
  }

  private CharClass() {}

  private static void mark(String characters, int bits) {
    for (int i = 0; i < characters.length(); i++) {
      CLASSES[characters.charAt(i)] |= (byte) bits;
    }
  }

  private static boolean has(char c, int bit) {
    return c < 128 && (CLASSES[c] & bit) != 0;
  }

  static boolean isSpace(char c) {
    return has(c, SPACE);
  }

  static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isWordStart(char c) {
    return c >= 128 || (CLASSES[c] & WORD_START) != 0;
  }

  static boolean isWordPart(char c) {
    return c >= 128 || (CLASSES[c] & WORD_PART) != 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHex(char c) {
    return has(c, HEX);
  }

  static boolean isOperator(char c) {
    return has(c, OPERATOR);
  }

  /** Whether an operator that holds this character may end in plus or minus. */
  static boolean isOperatorSpecial(char c) {
    return has(c, OPERATOR_SPECIAL);
  }

  /** Lower case for ASCII letters; everything else stays as it is. */
  static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
