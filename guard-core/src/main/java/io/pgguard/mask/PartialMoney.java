package io.pgguard.mask;

/**
 * Keeps the first and last digits of an amount of money and puts 0 for the others. Zeros in front
 * do not count, and of what the locale writes around the digits only points and commas stay: the
 * session may set lc_monetary, and neither the sign nor other digits may show by that.
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
      digits += Ascii.digit(in[i]) && (digits > 0 || in[i] != '0') ? 1 : 0;
    }
    boolean none = digits <= mask.kept();
    int seen = 0;
    for (int i = offset; i < end; i++) {
      byte b = in[i];
      if (Ascii.digit(b)) {
        boolean counts = seen > 0 || b != '0';
        boolean kept =
            counts && !none && (seen < mask.keepFirst() || seen >= digits - mask.keepLast());
        seen += counts ? 1 : 0;
        out.append(kept ? b : '0');
      } else if (b == '.' || b == ',') {
        out.append(b);
      }
    }
    return APPENDED;
  }
}
