package io.pgguard.internal.syntax;

/**
 * Ends a parse from any depth. It never leaves the package: {@link SyntaxParser} turns it into
 * {@link ParseResult.NotParsed}. Without stack trace, since refusing must be quick too.
 */
final class SyntaxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int token;

  SyntaxFailure(String reason, int token) {
    super(reason, null, false, false);
    this.token = token;
  }

  int token() {
    return token;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
