package io.pgguard.mask;

/** Masks what another masker left. */
final class Chained implements ValueMasker {
  private final ValueMasker first;
  private final ValueMasker second;
  private final ByteSink between = new ByteSink(256);

  Chained(ValueMasker first, ValueMasker second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    between.clear();
    int result = first.mask(in, offset, length, between);
    if (result == NULL) {
      return NULL;
    }
    if (result == UNCHANGED) {
      return second.mask(in, offset, length, out);
    }
    int rest = second.mask(between.array(), 0, between.length(), out);
    if (rest == UNCHANGED) {
      out.append(between.array(), 0, between.length());
      return APPENDED;
    }
    return rest;
  }
}
