package io.pgguard.mask;

/** Where values of a JSON text end (RFC 8259). Stateless. */
final class JsonSpans {
  private JsonSpans() {}

  /** The index of the first character from a place on that is no white space. */
  static int space(byte[] in, int at, int end) {
    int i = at;
    while (i < end && (in[i] == ' ' || in[i] == '\n' || in[i] == '\r' || in[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** The index after the value that begins at a place. */
  static int value(byte[] in, int at, int end) {
    int depth = 0;
    int i = at;
    do {
      if (i >= end) {
        throw new MalformedRowException("a JSON value ends within a value");
      }
      byte b = in[i];
      if (b == '"') {
        i = JsonEscapes.stringEnd(in, i, end);
      } else if (b == '{' || b == '[') {
        depth++;
        i++;
      } else if (b == '}' || b == ']') {
        depth--;
        i++;
      } else if (depth > 0 && !word(b)) {
        i++; // what separates values
      } else {
        i = wordEnd(in, i, end);
      }
    } while (depth > 0);
    return i;
  }

  /** Whether {@code null} stands at a place. */
  static boolean isNull(byte[] in, int at, int end) {
    return at < end && in[at] == 'n';
  }

  private static boolean word(byte b) {
    return Ascii.alphanumeric(b) || b == '-' || b == '+' || b == '.';
  }

  private static int wordEnd(byte[] in, int at, int end) {
    int i = at;
    while (i < end && word(in[i])) {
      i++;
    }
    if (i == at) {
      throw new MalformedRowException("a JSON value has a character that belongs to none");
    }
    return i;
  }
}
