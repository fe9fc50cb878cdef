package io.pgguard.mask;

/**
 * Keeps the first and last digits of a number and puts 0 for the others; the sign goes. A number
 * that has no more digits than are kept becomes 0, one with an exponent NULL.
 */
final class PartialNumber implements ValueMasker {
  private final Mask.Partial mask;
  private final BinaryCodec codec;
  private final ByteSink checked = new ByteSink(16);

  PartialNumber(Mask.Partial mask, ValueKind kind) {
    this.mask = mask;
    this.codec = BinaryCodec.of(kind);
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int first = length > 0 && in[offset] == '-' ? offset + 1 : offset;
    int end = offset + length;
    int digits = digits(in, first, end);
    if (digits == 0) {
      return NULL;
    }
    int mark = out.length();
    boolean none = digits <= mask.kept();
    boolean leading = true;
    int seen = 0;
    for (int i = first; i < end; i++) {
      boolean point = in[i] == '.';
      boolean kept =
          !point && !none && (seen < mask.keepFirst() || seen >= digits - mask.keepLast());
      int shown = point || kept ? in[i] : '0';
      seen += point ? 0 : 1;
      boolean beforePoint = i + 1 == end || in[i + 1] == '.';
      leading &= shown == '0' && !beforePoint;
      if (!leading) {
        out.append(shown);
      }
    }
    return first == offset || fits(mark, out) ? APPENDED : NULL;
  }

  /** Whether the type has the number without its sign: of the least integer it has not. */
  private boolean fits(int mark, ByteSink out) {
    checked.clear();
    if (codec.fromText(out.array(), mark, out.length() - mark, checked)) {
      return true;
    }
    out.truncate(mark);
    return false;
  }

  /** How many digits a plain number has; 0 when it is none. */
  private static int digits(byte[] in, int first, int end) {
    int digits = 0;
    int points = 0;
    for (int i = first; i < end; i++) {
      if (Ascii.digit(in[i])) {
        digits++;
      } else if (in[i] == '.' && ++points == 1 && digits > 0) {
        continue;
      } else {
        return 0;
      }
    }
    return digits;
  }
}
