package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Gives the same for every value. */
final class FixedMasker implements ValueMasker {
  /** Gives NULL: right for every type. */
  static final FixedMasker ALWAYS_NULL = new FixedMasker(null);

  private final byte @Nullable [] value;

  private FixedMasker(byte @Nullable [] value) {
    this.value = value;
  }

  /** Gives these bytes, in the format of the column. */
  static FixedMasker of(byte[] value) {
    return new FixedMasker(value.clone());
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
