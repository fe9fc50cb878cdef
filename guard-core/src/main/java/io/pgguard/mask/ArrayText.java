package io.pgguard.mask;

/**
 * Masks the elements of an array in its text format (PostgreSQL documentation, "Array Input and
 * Output Syntax"); dimensions and bounds stay, NULL elements stay NULL.
 */
final class ArrayText implements ValueMasker {
  private final ValueMasker element;
  private final ByteSink plain = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  ArrayText(ValueMasker element) {
    this.element = element;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int start = out.length();
    boolean changed = false;
    int at = offset;
    while (at < end && in[at] != '{') {
      at++;
    }
    if (at == end) {
      throw new MalformedRowException("an array in text format has no opening brace");
    }
    out.append(in, offset, at - offset);
    while (at < end) {
      if (structural(in[at])) {
        out.append(in[at++]);
      } else {
        int next = elementEnd(in, at, end);
        changed |= maskElement(in, at, next, out);
        at = next;
      }
    }
    if (changed) {
      return APPENDED;
    }
    out.truncate(start);
    return UNCHANGED;
  }

  private static boolean structural(byte b) {
    return b == '{' || b == '}' || b == ',';
  }

  private static int elementEnd(byte[] in, int from, int end) {
    int at = from;
    if (in[at] != '"') {
      while (at < end && !structural(in[at])) {
        at += in[at] == '\\' ? 2 : 1;
      }
    } else {
      for (at++; at < end && in[at] != '"'; at++) {
        if (in[at] == '\\') {
          at++;
        }
      }
      at++;
    }
    if (at >= end) {
      throw new MalformedRowException("an array in text format ends within an element");
    }
    return at;
  }

  /** Whether the element changed; appends it in any case. */
  private boolean maskElement(byte[] in, int from, int end, ByteSink out) {
    boolean quoted = in[from] == '"';
    if (!quoted && end - from == 4 && Ascii.startsWith(in, from, end, "NULL")) {
      out.append(in, from, 4);
      return false;
    }
    plain.clear();
    int last = quoted ? end - 1 : end;
    for (int i = quoted ? from + 1 : from; i < last; i++) {
      if (in[i] == '\\') {
        i++;
      }
      plain.append(in[i]);
    }
    masked.clear();
    int result = element.mask(plain.array(), 0, plain.length(), masked);
    switch (result) {
      case UNCHANGED -> out.append(in, from, end - from);
      case NULL -> out.append(NULL_WORD);
      default -> appendQuoted(masked.array(), masked.length(), out);
    }
    return result != UNCHANGED;
  }

  private static final byte[] NULL_WORD = {'N', 'U', 'L', 'L'};

  /** Appends an element between quotes, which is right for every value. */
  static void appendQuoted(byte[] value, int length, ByteSink out) {
    out.append('"');
    for (int i = 0; i < length; i++) {
      if (value[i] == '"' || value[i] == '\\') {
        out.append('\\');
      }
      out.append(value[i]);
    }
    out.append('"');
  }
}
