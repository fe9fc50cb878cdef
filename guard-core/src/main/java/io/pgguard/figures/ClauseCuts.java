package io.pgguard.figures;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.Tokens;

/** Finds a statement's clauses in its tokens: keywords and brackets of one level. Immutable. */
final class ClauseCuts {
  private final Tokens tokens;

  ClauseCuts(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The next keyword outside brackets and CASE, or the end. FROM after DISTINCT is an operator;
   * after AS or a period any keyword is a name.
   */
  int next(int from, int to, Keyword keyword) {
    int at = from;
    while (at < to) {
      if (tokens.is(at, '(') || tokens.is(at, '[')) {
        at = closing(at, to);
      } else if (isKeyword(at, from, keyword)) {
        return at;
      } else if (isKeyword(at, from, Keyword.CASE)) {
        at = next(at + 1, to, Keyword.END);
      }
      at++;
    }
    return to;
  }

  private boolean isKeyword(int at, int from, Keyword keyword) {
    return tokens.is(at, keyword)
        && (at == from
            || !is(at - 1, Keyword.AS)
                && !tokens.is(at - 1, '.')
                && !(keyword == Keyword.FROM && is(at - 1, Keyword.DISTINCT)));
  }

  /** The next character outside brackets, or the end. */
  int next(int from, int to, char character) {
    for (int at = from; at < to; at++) {
      if (tokens.is(at, character)) {
        return at;
      }
    }
    return to;
  }

  /** Where the bracket closes, or the end. */
  int closing(int open, int to) {
    int depth = 0;
    for (int i = open; i < to; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        depth++;
      } else if ((tokens.is(i, ')') || tokens.is(i, ']')) && --depth == 0) {
        return i;
      }
    }
    return to;
  }

  /** Whether the keyword stands there; false past the last token. */
  boolean is(int at, Keyword keyword) {
    return at < tokens.size() && tokens.is(at, keyword);
  }

  /** The source text of tokens, comments between them included; a line comment is ended. */
  String text(int from, int to) {
    return from >= to
        ? ""
        : tokens.source().substring(tokens.start(from), tokens.end(to - 1)) + "\n";
  }

  /** Whether the token there reads so; false past the last one. */
  boolean word(int at, String value) {
    return at < tokens.size() && tokens.value(at).equals(value);
  }
}
