package io.pgguard.mask;

/**
 * Cuts what stands for a value of type name to the 63 bytes that the type holds (PostgreSQL
 * documentation, "Character Types"), between two characters.
 */
record NameMasker(ValueMasker inner) implements ValueMasker {
  private static final int MOST = 63;

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int start = out.length();
    int result = inner.mask(in, offset, length, out);
    if (result == APPENDED && out.length() - start > MOST) {
      out.truncate(start + Utf8.wholeCharacters(out.array(), start, MOST));
    }
    return result;
  }
}
