package io.pgguard.statement;

import java.util.Arrays;

/** Collects tokens while a text is lexed; the arrays grow by half. Used by one thread. */
final class TokenBuffer {
  private int size;
  private byte[] kinds;
  private int[] starts;
  private int[] ends;
  private int[] extras;

  TokenBuffer(int textLength) {
    int expected = 16 + Math.min(textLength, 1 << 20) / 3;
    kinds = new byte[expected];
    starts = new int[expected];
    ends = new int[expected];
    extras = new int[expected];
  }

  void add(TokenKind kind, int start, int end, int extra) {
    if (size == kinds.length) {
      grow();
    }
    kinds[size] = (byte) kind.ordinal();
    starts[size] = start;
    ends[size] = end;
    extras[size] = extra;
    size++;
  }

  private void grow() {
    int length = size + (size >> 1);
    kinds = Arrays.copyOf(kinds, length);
    starts = Arrays.copyOf(starts, length);
    ends = Arrays.copyOf(ends, length);
    extras = Arrays.copyOf(extras, length);
  }

  /**
   * Folds each UESCAPE clause into the token before it and checks the escapes of every {@code U&}
   * token.
   */
  void resolveUnicode(String text) throws LexicalException {
    int to = 0;
    for (int i = 0; i < size; i++) {
      int next = i;
      if (isUnicode(i)) {
        next = i + 1 < size && isUescape(i + 1) ? i + 2 : i;
        if (next > i) {
          extras[i] = escapeCharacter(text, next);
        }
        UnicodeEscapes.resolve(
            QuoteDecoder.plain(text, starts[i] + 2), (char) extras[i], starts[i]);
      }
      kinds[to] = kinds[i];
      starts[to] = starts[i];
      extras[to] = extras[i];
      ends[to] = ends[next];
      to++;
      i = next;
    }
    size = to;
  }

  private boolean isUnicode(int i) {
    boolean quoted =
        kinds[i] == TokenKind.STRING.ordinal() || kinds[i] == TokenKind.QUOTED_NAME.ordinal();
    return quoted && extras[i] != 0;
  }

  private boolean isUescape(int i) {
    return kinds[i] == TokenKind.WORD.ordinal() && extras[i] == Keyword.UESCAPE.ordinal() + 1;
  }

  private char escapeCharacter(String text, int i) throws LexicalException {
    boolean simple =
        i < size
            && kinds[i] == TokenKind.STRING.ordinal()
            && extras[i] == 0
            && CharClass.fold(text.charAt(starts[i])) != 'n';
    if (!simple) {
      throw new LexicalException(
          "UESCAPE must be followed by a simple string literal", ends[i - 1]);
    }
    String escape = QuoteDecoder.decode(text, starts[i], 0);
    if (escape.length() != 1 || !UnicodeEscapes.isEscapeCharacter(escape.charAt(0))) {
      throw new LexicalException("invalid Unicode escape character", starts[i]);
    }
    return escape.charAt(0);
  }

  Tokens tokens(String source) {
    return new Tokens(source, size, kinds, starts, ends, extras);
  }
}
