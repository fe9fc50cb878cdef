package io.pgguard.statement;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns a quoted token, already found to be well-formed, into its value: strings of every form, bit
 * strings, quoted names. Thread-safe: no state.
 */
final class QuoteDecoder {
  private QuoteDecoder() {}

  /**
   * @param start where the token starts, at its prefix if it has one
   * @param escape the escape character of a {@code U&} token, else 0
   */
  static String decode(String text, int start, int escape) {
    char first = text.charAt(start);
    return switch (first) {
      case '$' -> dollar(text, start);
      case '\'', '"' -> plain(text, start);
      case 'n', 'N' -> plain(text, start + 1);
      case 'b', 'B', 'x', 'X' -> CharClass.fold(first) + plain(text, start + 1);
      case 'e', 'E' -> new EscapeDecoder(text).decodeKnown(start + 1);
      default -> unicode(text, start, (char) escape);
    };
  }

  private static String dollar(String text, int start) {
    int bodyStart = text.indexOf('$', start + 1) + 1;
    String delimiter = text.substring(start, bodyStart);
    return text.substring(bodyStart, text.indexOf(delimiter, bodyStart));
  }

  /** The content between quotes, doubled quotes halved, continued parts joined. */
  static String plain(String text, int open) {
    char quote = text.charAt(open);
    int from = open + 1;
    int close = text.indexOf(quote, from);
    if (!goesOn(text, close, quote)) {
      return text.substring(from, close);
    }
    StringBuilder value = new StringBuilder();
    while (true) {
      value.append(text, from, close);
      if (isQuote(text, close + 1, quote)) {
        value.append(quote);
        from = close + 2;
      } else {
        int next = quote == '\'' ? QuoteScanner.continuation(text, close + 1) : -1;
        if (next < 0) {
          return value.toString();
        }
        from = next;
      }
      close = text.indexOf(quote, from);
    }
  }

  private static boolean goesOn(String text, int close, char quote) {
    return isQuote(text, close + 1, quote)
        || (quote == '\'' && QuoteScanner.continuation(text, close + 1) >= 0);
  }

  private static boolean isQuote(String text, int i, char quote) {
    return i < text.length() && text.charAt(i) == quote;
  }

  private static String unicode(String text, int start, char escape) {
    try {
      return UnicodeEscapes.resolve(plain(text, start + 2), escape, start);
    } catch (LexicalException e) {
      throw new AssertionError("checked when it was lexed", e);
    }
  }

  /** Bytes as UTF-8, or null where they are not valid in PostgreSQL's eyes. */
  static String utf8(byte[] bytes, int length, int position) throws LexicalException {
    try {
      String value =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      if (value.indexOf('\0') >= 0) {
        throw new LexicalException("invalid byte sequence for encoding \"UTF8\": 0x00", position);
      }
      return value;
    } catch (CharacterCodingException e) {
      LexicalException refusal =
          new LexicalException("invalid byte sequence for encoding \"UTF8\"", position);
      refusal.initCause(e);
      throw refusal;
    }
  }
}
