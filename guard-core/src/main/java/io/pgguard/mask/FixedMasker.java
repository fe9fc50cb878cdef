package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Gives the same for every value. */
final class FixedMasker implements ValueMasker {
  /** Gives NULL: right for every type. */
  static final FixedMasker ALWAYS_NULL = new FixedMasker(null, false);

  private final byte @Nullable [] value;
  private final boolean nullsToo;

  private FixedMasker(byte @Nullable [] value, boolean nullsToo) {
    this.value = value;
    this.nullsToo = nullsToo;
  }

  /** Gives these bytes, in the format of the column, for all but NULLs. */
  static FixedMasker of(byte[] value) {
    return new FixedMasker(value.clone(), false);
  }

  /** The same for NULLs too. */
  FixedMasker forNulls() {
    return new FixedMasker(value, value != null);
  }

  @Override
  public boolean masksNulls() {
    return nullsToo;
  }

  /** What is given; null for NULL. */
  byte @Nullable [] value() {
    return value == null ? null : value.clone();
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (value == null) {
      return NULL;
    }
    out.append(value);
    return APPENDED;
  }
}
