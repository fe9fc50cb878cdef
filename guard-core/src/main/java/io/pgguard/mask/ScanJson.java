package io.pgguard.mask;

/**
 * Masks what detectors find in a JSON text (RFC 8259): strings and keys are searched as what they
 * mean, without escapes; a number that is found becomes a string. What comes out is JSON again.
 */
final class ScanJson implements ValueMasker {
  private final ValueMasker strings;
  private final ByteSink plain = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  ScanJson(ScanText strings) {
    this.strings = strings;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int mark = out.length();
    int done = offset;
    int at = offset;
    while (at < end) {
      boolean string = in[at] == '"';
      if (!string && !number(in[at])) {
        at++;
        continue;
      }
      int next = string ? JsonEscapes.stringEnd(in, at, end) : numberEnd(in, at, end);
      int result = string ? scanString(in, at, next) : scan(in, at, next);
      if (result == NULL) {
        out.truncate(mark);
        return NULL;
      }
      if (result == APPENDED) {
        out.append(in, done, at - done);
        JsonEscapes.appendQuoted(masked.array(), masked.length(), out);
        done = next;
      }
      at = next;
    }
    if (done == offset) {
      return UNCHANGED;
    }
    out.append(in, done, end - done);
    return APPENDED;
  }

  private int scanString(byte[] in, int at, int next) {
    int last = next - 1;
    for (int i = at + 1; i < last; i++) {
      if (in[i] == '\\') {
        plain.clear();
        JsonEscapes.appendPlain(in, at + 1, last, plain);
        return scan(plain.array(), 0, plain.length());
      }
    }
    return scan(in, at + 1, last);
  }

  private int scan(byte[] in, int from, int to) {
    masked.clear();
    return strings.mask(in, from, to - from, masked);
  }

  private static boolean number(byte b) {
    return b == '-' || Ascii.digit(b);
  }

  private static int numberEnd(byte[] in, int at, int end) {
    int i = at;
    while (i < end && (number(in[i]) || in[i] == '.' || in[i] == '+' || (in[i] | 0x20) == 'e')) {
      i++;
    }
    return i;
  }
}
