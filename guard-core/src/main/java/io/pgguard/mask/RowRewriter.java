package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Rewrites DataRow bodies: runs of untouched columns are copied as one slice. Not thread-safe. */
final class RowRewriter implements RowMasker {
  private static final int FIRST_CAPACITY = 512;
  private static final int KEPT_CAPACITY = 1 << 20;

  private final @Nullable ValueMasker[] maskers;
  private final boolean passes;
  private ByteSink out;

  RowRewriter(@Nullable ValueMasker[] maskers) {
    this.maskers = maskers;
    boolean none = true;
    for (ValueMasker masker : maskers) {
      none &= masker == null;
    }
    this.passes = none;
    this.out = new ByteSink(none ? 0 : FIRST_CAPACITY); // most results have nothing to rewrite
  }

  @Override
  public boolean passes() {
    return passes;
  }

  @Override
  public boolean mask(byte[] row, int offset, int length) {
    if (out.capacity() > KEPT_CAPACITY) {
      // one long row must not hold its memory for the whole result
      out = new ByteSink(FIRST_CAPACITY);
    }
    out.clear();
    int end = offset + length;
    int count = length < 2 ? -1 : Wire.getShort(row, offset) & 0xffff;
    if (count != maskers.length) {
      throw new MalformedRowException(
          "a row has " + count + " columns where " + maskers.length + " were described");
    }
    int copied = offset;
    int at = offset + 2;
    for (ValueMasker masker : maskers) {
      int size = end - at < 4 ? Integer.MIN_VALUE : Wire.getInt(row, at);
      int value = at + 4;
      if (size < -1 || size > end - value) {
        throw new MalformedRowException("a value is longer than the row that holds it");
      }
      at = size < 0 ? value : value + size;
      if (masker != null && (size >= 0 || masker.masksNulls())) {
        copied = maskValue(masker, row, copied, value, Math.max(size, 0));
      }
    }
    if (at != end) {
      throw new MalformedRowException("a row goes on after its last column");
    }
    if (copied == offset) {
      return false;
    }
    out.append(row, copied, end - copied);
    return true;
  }

  /** Up to where the row is in the output now. */
  private int maskValue(ValueMasker masker, byte[] row, int copied, int value, int size) {
    int mark = out.length();
    out.append(row, copied, value - copied);
    int header = out.length() - 4;
    int result = masker.mask(row, value, size, out);
    if (result == ValueMasker.UNCHANGED) {
      out.truncate(mark);
      return copied;
    }
    out.setInt(header, result == ValueMasker.NULL ? -1 : out.length() - header - 4);
    return value + size;
  }

  @Override
  public byte[] buffer() {
    return out.array();
  }

  @Override
  public int length() {
    return out.length();
  }
}
