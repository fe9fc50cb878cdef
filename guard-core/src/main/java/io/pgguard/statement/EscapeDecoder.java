package io.pgguard.statement;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads one {@code E'...'} constant with its backslash escapes, to its end or to its value. Octal
 * and hex escapes give bytes, which together with their neighbours must be UTF-8. Used by one
 * thread.
 */
final class EscapeDecoder {
  private final String text;
  private final StringBuilder value = new StringBuilder();
  // Filled only from the first octal or hex escape that is no ASCII character.
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private boolean inBytes;
  private int high;
  private int at;

  EscapeDecoder(String text) {
    this.text = text;
  }

  /** The value of a constant that is known to be well-formed; open is its quote's index. */
  String decodeKnown(int open) {
    try {
      return decode(open);
    } catch (LexicalException e) {
      throw new AssertionError("checked when it was lexed", e);
    }
  }

  /** The end of the constant; refuses what PostgreSQL refuses. */
  int end(int open) throws LexicalException {
    decode(open);
    return at;
  }

  private String decode(int open) throws LexicalException {
    at = open + 1;
    while (true) {
      if (at >= text.length()) {
        throw new LexicalException("unterminated quoted string", open);
      }
      char c = text.charAt(at);
      if (c == '\'') {
        if (closes(open)) {
          return finish(open);
        }
      } else if (c == '\\') {
        escape(open);
      } else {
        plain(open);
      }
    }
  }

  /** Steps over a quote; true when it ends the constant. */
  private boolean closes(int open) throws LexicalException {
    refusePending(open);
    if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
      value.append('\'');
      at += 2;
      return false;
    }
    int next = QuoteScanner.continuation(text, at + 1);
    at = next < 0 ? at + 1 : next;
    return next < 0;
  }

  private void plain(int open) throws LexicalException {
    refusePending(open);
    int from = at;
    while (at < text.length() && text.charAt(at) != '\'' && text.charAt(at) != '\\') {
      at++;
    }
    value.append(text, from, at);
  }

  private void escape(int open) throws LexicalException {
    if (at + 1 >= text.length()) {
      throw new LexicalException("unterminated quoted string", open);
    }
    char c = text.charAt(at + 1);
    if (c == 'u' || c == 'U') {
      int digits = c == 'u' ? 4 : 8;
      long number = UnicodeEscapes.hex(text, at + 2, digits, at);
      high = UnicodeEscapes.append(value, UnicodeEscapes.codePoint(number, at), high, at);
      at += 2 + digits;
      return;
    }
    refusePending(open);
    if (c >= '0' && c <= '7') {
      number(at + 1, 3, 8);
    } else if (c == 'x' && at + 2 < text.length() && CharClass.isHex(text.charAt(at + 2))) {
      number(at + 2, 2, 16);
    } else {
      value.append(named(c));
      at += 2;
    }
  }

  private void number(int from, int most, int radix) {
    int number = 0;
    at = from;
    while (at < text.length()
        && at < from + most
        && text.charAt(at) < 128
        && Character.digit(text.charAt(at), radix) >= 0) {
      number = number * radix + Character.digit(text.charAt(at), radix);
      at++;
    }
    number &= 0xFF;
    if (number > 0 && number < 0x80) {
      value.append((char) number);
    } else {
      moveToBytes();
      bytes.write(number);
      inBytes = true;
    }
  }

  private void moveToBytes() {
    bytes.writeBytes(value.toString().getBytes(StandardCharsets.UTF_8));
    value.setLength(0);
  }

  private static char named(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      default -> c;
    };
  }

  private void refusePending(int open) throws LexicalException {
    if (high != 0) {
      throw new LexicalException("invalid Unicode surrogate pair", open);
    }
  }

  private String finish(int open) throws LexicalException {
    if (!inBytes) {
      return value.toString();
    }
    moveToBytes();
    return QuoteDecoder.utf8(bytes.toByteArray(), bytes.size(), open);
  }
}
