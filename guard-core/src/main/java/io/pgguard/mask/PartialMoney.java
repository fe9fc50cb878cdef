package io.pgguard.mask;

/**
 * Keeps the first and last digits of an amount of money and puts 0 for the others; what the locale
 * writes around the digits stays, but for signs and brackets.
 */
final class PartialMoney implements ValueMasker {
  private final Mask.Partial mask;

  PartialMoney(Mask.Partial mask) {
    this.mask = mask;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int digits = 0;
    for (int i = offset; i < end; i++) {
      digits += Ascii.digit(in[i]) ? 1 : 0;
    }
    boolean none = digits <= mask.kept();
    int seen = 0;
    for (int i = offset; i < end; i++) {
      byte b = in[i];
      if (Ascii.digit(b)) {
        boolean kept = !none && (seen < mask.keepFirst() || seen >= digits - mask.keepLast());
        seen++;
        out.append(kept ? b : '0');
      } else if (b != '-' && b != '(' && b != ')') {
        out.append(b);
      }
    }
    return APPENDED;
  }
}
