package io.pgguard.statement;

import org.jspecify.annotations.Nullable;

/**
 * A range of tokens that can be asked about any index: beyond its ends there is nothing. It also
 * walks over names and brackets. Immutable.
 *
 * @param from index of the first token
 * @param to index after the last token
 */
record Span(Tokens tokens, Brackets brackets, int from, int to) {

  Span sub(int newFrom, int newTo) {
    return new Span(tokens, brackets, newFrom, newTo);
  }

  private boolean has(int i) {
    return i >= from && i < to;
  }

  boolean is(int i, Keyword keyword) {
    return has(i) && tokens.is(i, keyword);
  }

  boolean is(int i, char punctuation) {
    return has(i) && tokens.is(i, punctuation);
  }

  boolean is(int i, TokenKind kind) {
    return has(i) && tokens.is(i, kind);
  }

  boolean isOperator(int i, String operator) {
    return has(i) && tokens.isOperator(i, operator);
  }

  /** Whether these keywords stand here, one after another. */
  boolean are(int i, Keyword... keywords) {
    for (int k = 0; k < keywords.length; k++) {
      if (!is(i + k, keywords[k])) {
        return false;
      }
    }
    return true;
  }

  boolean isAny(int i, Keyword... keywords) {
    Keyword found = keyword(i);
    for (Keyword keyword : keywords) {
      if (found == keyword) {
        return true;
      }
    }
    return false;
  }

  @Nullable Keyword keyword(int i) {
    return has(i) ? tokens.keyword(i) : null;
  }

  boolean isWord(int i) {
    return is(i, TokenKind.WORD) || is(i, TokenKind.QUOTED_NAME);
  }

  /** Whether a name of a relation, a column or an alias may start here: no reserved word. */
  boolean isColumnName(int i) {
    Keyword keyword = keyword(i);
    return isWord(i)
        && (keyword == null
            || keyword.category() == KeywordCategory.UNRESERVED
            || keyword.category() == KeywordCategory.COLUMN_NAME);
  }

  boolean opens(int i) {
    return is(i, '(') || is(i, '[');
  }

  /** The index after the bracket that closes the one here, or i when none opens here. */
  int afterBracket(int i) {
    return opens(i) ? brackets.partner(i) + 1 : i;
  }

  /** The index after a dotted name that starts here, {@code .*} included. */
  int afterName(int i) {
    int at = i + 1;
    while (is(at, '.') && (isWord(at + 1) || isOperator(at + 1, "*"))) {
      at += 2;
    }
    return at;
  }

  /** The last two parts of the dotted name from start to end. */
  Name name(int start, int end) {
    int last = end - 1;
    if (last > start + 1 && tokens.isOperator(last, "*")) {
      last -= 2;
    }
    String schema = last >= start + 2 ? tokens.value(last - 2) : null;
    return new Name(schema, tokens.value(last));
  }

  int afterIfExists(int i) {
    if (are(i, Keyword.IF, Keyword.EXISTS)) {
      return i + 2;
    }
    return are(i, Keyword.IF, Keyword.NOT, Keyword.EXISTS) ? i + 3 : i;
  }

  /** The first place of a keyword outside brackets and not behind a point, or -1. */
  int find(int start, Keyword keyword) {
    for (int i = start; i < to; i++) {
      if (opens(i)) {
        i = brackets.partner(i);
      } else if (is(i, '.')) {
        i++;
      } else if (is(i, keyword)) {
        return i;
      }
    }
    return -1;
  }
}
