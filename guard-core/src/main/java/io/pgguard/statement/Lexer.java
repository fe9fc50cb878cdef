package io.pgguard.statement;

/**
 * Cuts a text into tokens exactly as PostgreSQL 18 does (documentation, chapter "Lexical
 * Structure"), with standard_conforming_strings on, backslash_quote at safe_encoding and UTF-8 on
 * both sides. Takes linear time on any text. {@link #lex} is thread-safe.
 */
public final class Lexer {
  /** The longest text that is read, in characters. */
  public static final int MAX_LENGTH = 16 * 1024 * 1024;

  private final String text;
  private final int length;
  private final TokenBuffer out;
  private final NumberScanner numbers;
  private final OperatorScanner operators;
  private boolean sawUnicode;

  private Lexer(String text) {
    this.text = text;
    this.length = text.length();
    this.out = new TokenBuffer(length);
    this.numbers = new NumberScanner(text);
    this.operators = new OperatorScanner(text);
  }

  /**
   * Cuts a text into tokens.
   *
   * @throws LexicalException when PostgreSQL's scanner would refuse the text, or it holds a NUL or
   *     half of a surrogate pair, or it is longer than {@link #MAX_LENGTH}
   */
  public static Tokens lex(String sql) throws LexicalException {
    return lex(sql, MAX_LENGTH);
  }

  /** As {@link #lex(String)}, with another bound on the text's length in characters. */
  public static Tokens lex(String sql, int maxLength) throws LexicalException {
    if (sql.length() > maxLength) {
      throw LexicalException.tooLarge(
          "the text has " + sql.length() + " characters; at most " + maxLength + " are read",
          maxLength);
    }
    refuseUnsendable(sql);
    Lexer lexer = new Lexer(sql);
    lexer.run();
    return lexer.out.tokens(sql);
  }

  private static void refuseUnsendable(String sql) throws LexicalException {
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == 0) {
        throw new LexicalException("the text holds a NUL character", i);
      }
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < sql.length()
                && Character.isLowSurrogate(sql.charAt(i + 1));
        if (!pair) {
          throw new LexicalException("the text holds half of a surrogate pair", i);
        }
        i++;
      }
    }
  }

  private void run() throws LexicalException {
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      if (CharClass.isSpace(c)) {
        at++;
      } else if (CharClass.isWordStart(c)) {
        at = wordOrPrefixed(at, c);
      } else if (CharClass.isDigit(c)) {
        at = numbers.scan(at, out);
      } else if (CharClass.isOperator(c)) {
        at = operatorOrComment(at, c);
      } else {
        at = mark(at, c);
      }
    }
    if (sawUnicode) {
      out.resolveUnicode(text);
    }
  }

  private char charAt(int i) {
    return i < length ? text.charAt(i) : '\0';
  }

  private int add(TokenKind kind, int start, int end) {
    out.add(kind, start, end, 0);
    return end;
  }

  private int wordOrPrefixed(int start, char c) throws LexicalException {
    char next = charAt(start + 1);
    if (next == '\'') {
      switch (c) {
        case 'e', 'E' -> {
          return add(TokenKind.STRING, start, new EscapeDecoder(text).end(start + 1));
        }
        case 'b', 'B' -> {
          return bits(start, "unterminated bit string literal");
        }
        case 'x', 'X' -> {
          return bits(start, "unterminated hexadecimal string literal");
        }
        case 'n', 'N' -> {
          return string(start, start + 1);
        }
        default -> {
          return word(start);
        }
      }
    }
    if (next == '&' && (c == 'u' || c == 'U')) {
      char quote = charAt(start + 2);
      if (quote == '\'' || quote == '"') {
        return unicode(start, quote);
      }
    }
    return word(start);
  }

  private int word(int start) {
    int at = start;
    int hash = 0;
    while (at < length) {
      char c = text.charAt(at);
      if (!CharClass.isWordPart(c)) {
        break;
      }
      hash = KeywordTable.extend(hash, CharClass.fold(c));
      at++;
    }
    out.add(TokenKind.WORD, start, at, KeywordTable.find(text, start, at, hash));
    return at;
  }

  private int string(int start, int open) throws LexicalException {
    int end = QuoteScanner.string(text, open, "unterminated quoted string");
    return add(TokenKind.STRING, start, end);
  }

  private int bits(int start, String unterminated) throws LexicalException {
    return add(TokenKind.BIT_STRING, start, QuoteScanner.string(text, start + 1, unterminated));
  }

  private int unicode(int start, char quote) throws LexicalException {
    int open = start + 2;
    boolean name = quote == '"';
    int end =
        name
            ? QuoteScanner.name(text, open)
            : QuoteScanner.string(text, open, "unterminated quoted string");
    sawUnicode = true;
    out.add(name ? TokenKind.QUOTED_NAME : TokenKind.STRING, start, end, '\\');
    return end;
  }

  private int operatorOrComment(int start, char c) throws LexicalException {
    char next = charAt(start + 1);
    if (c == '-' && next == '-') {
      return Comments.lineEnd(text, start);
    }
    if (c == '/' && next == '*') {
      return Comments.blockEnd(text, start);
    }
    return operators.scan(start, out);
  }

  private int mark(int start, char c) throws LexicalException {
    char next = charAt(start + 1);
    switch (c) {
      case '\'':
        return string(start, start);
      case '"':
        return add(TokenKind.QUOTED_NAME, start, QuoteScanner.name(text, start));
      case '$':
        return dollar(start, next);
      case '.':
        if (CharClass.isDigit(next)) {
          return numbers.scan(start, out);
        }
        return next == '.'
            ? add(TokenKind.DOT_DOT, start, start + 2)
            : add(TokenKind.PUNCTUATION, start, start + 1);
      case ':':
        if (next == ':') {
          return add(TokenKind.TYPECAST, start, start + 2);
        }
        return next == '='
            ? add(TokenKind.COLON_EQUALS, start, start + 2)
            : add(TokenKind.PUNCTUATION, start, start + 1);
      case '(', ')', '[', ']', ',', ';':
        return add(TokenKind.PUNCTUATION, start, start + 1);
      default:
        throw new LexicalException("syntax error at or near \"" + c + "\"", start);
    }
  }

  private int dollar(int start, char next) throws LexicalException {
    if (CharClass.isDigit(next)) {
      return parameter(start);
    }
    int end = QuoteScanner.dollar(text, start);
    if (end < 0) {
      throw new LexicalException("syntax error at or near \"$\"", start);
    }
    return add(TokenKind.STRING, start, end);
  }

  private int parameter(int start) throws LexicalException {
    int at = start + 1;
    long number = 0;
    while (at < length && CharClass.isDigit(text.charAt(at))) {
      number = number * 10 + (text.charAt(at) - '0');
      if (number > Integer.MAX_VALUE) {
        throw new LexicalException("parameter number too large", start);
      }
      at++;
    }
    if (at < length && CharClass.isWordStart(text.charAt(at))) {
      throw new LexicalException("trailing junk after parameter", start);
    }
    out.add(TokenKind.PARAMETER, start, at, (int) number);
    return at;
  }
}
