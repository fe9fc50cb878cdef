package io.pgguard.statement;

/** Finds where comments end. Thread-safe: no state. */
final class Comments {
  private Comments() {}

  /** The index of the CR or LF that ends a {@code --} comment, or the text's length. */
  static int lineEnd(String text, int start) {
    int at = start;
    while (at < text.length() && !CharClass.isNewline(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The index after a block comment; block comments nest. */
  static int blockEnd(String text, int start) throws LexicalException {
    int depth = 1;
    int last = text.length() - 1;
    int at = start + 2;
    while (at < last) {
      char c = text.charAt(at);
      char next = text.charAt(at + 1);
      if (c == '*' && next == '/') {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else if (c == '/' && next == '*') {
        at += 2;
        depth++;
      } else {
        at++;
      }
    }
    throw new LexicalException("unterminated /* comment", start);
  }
}
