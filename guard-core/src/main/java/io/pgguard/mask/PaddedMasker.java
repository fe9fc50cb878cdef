package io.pgguard.mask;

/** Masks a character(n) value without the blanks that pad it, which mean nothing there. */
record PaddedMasker(ValueMasker inner) implements ValueMasker {
  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int kept = length;
    while (kept > 0 && in[offset + kept - 1] == ' ') {
      kept--;
    }
    return inner.mask(in, offset, kept, out);
  }
}
