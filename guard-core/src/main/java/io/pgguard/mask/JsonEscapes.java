package io.pgguard.mask;

/** Strings of JSON texts with and without escapes (RFC 8259, section 7). Stateless. */
final class JsonEscapes {
  private JsonEscapes() {}

  /** The index after the closing quote of the string that opens at {@code at}. */
  static int stringEnd(byte[] in, int at, int end) {
    int i = at + 1;
    while (i < end && in[i] != '"') {
      i += in[i] == '\\' ? 2 : 1;
    }
    if (i >= end) {
      throw new MalformedRowException("a JSON value ends within a string");
    }
    return i + 1;
  }

  /** Appends what the inside of a string means. */
  static void appendPlain(byte[] in, int from, int to, ByteSink out) {
    int i = from;
    while (i < to) {
      byte b = in[i++];
      if (b != '\\' || i >= to) {
        out.append(b);
        continue;
      }
      byte escape = in[i++];
      switch (escape) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> i = appendUnicode(in, i, to, out);
        default -> out.append(escape);
      }
    }
  }

  /** Appends the character of four digits, or of a pair of surrogates; gives the index after it. */
  private static int appendUnicode(byte[] in, int at, int to, ByteSink out) {
    int unit = unit(in, at, to);
    int next = Math.min(to, at + 4);
    boolean pair =
        Character.isSurrogate((char) unit)
            && next + 6 <= to
            && in[next] == '\\'
            && in[next + 1] == 'u';
    int low = pair ? unit(in, next + 2, to) : 0;
    if (pair && Character.isSurrogatePair((char) unit, (char) low)) {
      appendUtf8(Character.toCodePoint((char) unit, (char) low), out);
      return next + 6;
    }
    appendUtf8(Character.isSurrogate((char) unit) ? 0xfffd : unit, out);
    return next;
  }

  private static int unit(byte[] in, int at, int to) {
    if (to - at < 4) {
      throw new MalformedRowException("a JSON value ends within an escape");
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Hex.value(in[i]) & 15;
    }
    return unit;
  }

  private static void appendUtf8(int codePoint, ByteSink out) {
    if (codePoint < 0x80) {
      out.append(codePoint);
      return;
    }
    if (codePoint < 0x800) {
      out.append(0xc0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        out.append(0xe0 | codePoint >> 12);
      } else {
        out.append(0xf0 | codePoint >> 18);
        out.append(0x80 | codePoint >> 12 & 0x3f);
      }
      out.append(0x80 | codePoint >> 6 & 0x3f);
    }
    out.append(0x80 | codePoint & 0x3f);
  }

  /** Appends a string with its quotes and the escapes it needs. */
  static void appendQuoted(byte[] plain, int length, ByteSink out) {
    out.append('"');
    for (int i = 0; i < length; i++) {
      byte b = plain[i];
      if (b == '"' || b == '\\') {
        out.append('\\');
        out.append(b);
      } else if (b >= 0 && b < ' ') {
        out.append("\\u00");
        Hex.append(plain, i, 1, out);
      } else {
        out.append(b);
      }
    }
    out.append('"');
  }
}
