package io.pgguard.statement;

/** What a token is, after PostgreSQL's scanner (PostgreSQL documentation, "Lexical Structure"). */
public enum TokenKind {
  /** An unquoted identifier or a keyword; {@link Tokens#keyword} tells which. */
  WORD,
  /** A quoted identifier, {@code "x"} or {@code U&"x"}: never a keyword. */
  QUOTED_NAME,
  /**
   * A string constant in any of its forms: {@code ''}, {@code E''}, {@code U&''}, {@code N''},
   * dollar quotes.
   */
  STRING,
  /** A bit string constant, {@code B''} or {@code X''}. */
  BIT_STRING,
  /** An integer constant, in any base. */
  INTEGER,
  /** A numeric constant with a point or an exponent, or an integer too large for 32 bits. */
  NUMERIC,
  /** A parameter, {@code $n}. */
  PARAMETER,
  /** An operator, of one character or more; includes {@code < > = + - * / % ^ <= >= <> !=}. */
  OPERATOR,
  /** One of {@code ( ) [ ] , ; : .}. */
  PUNCTUATION,
  /** {@code ::}. */
  TYPECAST,
  /** {@code ..}. */
  DOT_DOT,
  /** {@code :=}. */
  COLON_EQUALS,
  /** {@code =>}. */
  EQUALS_GREATER
}
