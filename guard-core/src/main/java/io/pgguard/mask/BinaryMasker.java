package io.pgguard.mask;

/** Masks binary values through their text. */
final class BinaryMasker implements ValueMasker {
  private final BinaryCodec codec;
  private final ValueMasker inner;
  private final int withoutText;
  private final ByteSink text = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  /**
   * A masker of binary values.
   *
   * @param withoutText what comes of values that have no plain text: {@link #NULL}, or {@link
   *     #UNCHANGED} for a search, which finds nothing in them
   */
  BinaryMasker(BinaryCodec codec, ValueMasker inner, int withoutText) {
    this.codec = codec;
    this.inner = inner;
    this.withoutText = withoutText;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    text.clear();
    if (!codec.toText(in, offset, length, text)) {
      return withoutText;
    }
    masked.clear();
    int result = inner.mask(text.array(), 0, text.length(), masked);
    if (result != APPENDED) {
      return result;
    }
    int start = out.length();
    if (!codec.fromText(masked.array(), 0, masked.length(), out)) {
      out.truncate(start);
      return NULL;
    }
    return APPENDED;
  }
}
