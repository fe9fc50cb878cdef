package io.pgguard.statement;

/**
 * Finds the end of a number by PostgreSQL's rules: {@code _} between digits, {@code 0x 0o 0b}, a
 * point, an exponent; {@code 1..2} is a range, and what a letter follows at once is refused.
 */
final class NumberScanner {
  private static final String JUNK = "trailing junk after numeric literal";

  private final String text;
  private final int length;

  NumberScanner(String text) {
    this.text = text;
    this.length = text.length();
  }

  /** Adds the number that starts here, a digit or a point before a digit; returns its end. */
  int scan(int start, TokenBuffer out) throws LexicalException {
    int radix = radix(start);
    if (radix != 10) {
      int end = prefixed(start, radix);
      out.add(fitsInt(start + 2, end, radix), start, end, 0);
      return end;
    }
    boolean numeric = false;
    int at = digits(start);
    if (charAt(at) == '.' && !(charAt(at + 1) == '.' && at > start)) {
      numeric = true;
      at = digits(at + 1);
    }
    int exponent = exponent(start, at);
    numeric |= exponent > at;
    refuseJunk(start, exponent);
    out.add(numeric ? TokenKind.NUMERIC : fitsInt(start, at, 10), start, exponent, 0);
    return exponent;
  }

  private char charAt(int i) {
    return i < length ? text.charAt(i) : '\0';
  }

  private int radix(int start) {
    if (text.charAt(start) != '0') {
      return 10;
    }
    return switch (charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private int prefixed(int start, int radix) throws LexicalException {
    int at = start + 2;
    while (isDigit(charAt(at), radix) || (charAt(at) == '_' && isDigit(charAt(at + 1), radix))) {
      at++;
    }
    if (at == start + 2) {
      String name = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary";
      throw new LexicalException("invalid " + name + " integer", start);
    }
    refuseJunk(start, at);
    return at;
  }

  private static boolean isDigit(char c, int radix) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }

  /** The end of digits with single underscores between them. */
  private int digits(int start) {
    int at = start;
    while (CharClass.isDigit(charAt(at))
        || (at > start && charAt(at) == '_' && CharClass.isDigit(charAt(at + 1)))) {
      at++;
    }
    return at;
  }

  private int exponent(int start, int at) throws LexicalException {
    char e = charAt(at);
    if (e != 'e' && e != 'E') {
      return at;
    }
    char sign = charAt(at + 1);
    boolean signed = sign == '+' || sign == '-';
    int from = signed ? at + 2 : at + 1;
    int end = digits(from);
    if (end == from) {
      throw new LexicalException(JUNK, start);
    }
    return end;
  }

  private void refuseJunk(int start, int end) throws LexicalException {
    if (end < length && CharClass.isWordStart(text.charAt(end))) {
      throw new LexicalException(JUNK, start);
    }
  }

  private TokenKind fitsInt(int start, int end, int radix) {
    long value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c != '_') {
        value = value * radix + Character.digit(c, radix);
        if (value > Integer.MAX_VALUE) {
          return TokenKind.NUMERIC;
        }
      }
    }
    return TokenKind.INTEGER;
  }
}
