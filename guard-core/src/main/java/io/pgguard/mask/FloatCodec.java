package io.pgguard.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * IEEE 754 numbers, with an exponent where the server writes one. NaN and infinity have no text.
 */
record FloatCodec(boolean single) implements BinaryCodec {
  private static final double LEAST_PLAIN = 1e-4;
  private static final double SINGLE_BOUND = 1e6;
  private static final double DOUBLE_BOUND = 1e15;

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, single ? 4 : 8);
    float small = single ? Float.intBitsToFloat(Wire.getInt(in, offset)) : 0;
    double value = single ? small : Double.longBitsToDouble(Wire.getLong(in, offset));
    if (!Double.isFinite(value)) {
      return false;
    }
    String shortest = single ? Float.toString(small) : Double.toString(value);
    double size = Math.abs(value);
    boolean plain = size >= LEAST_PLAIN && size < (single ? SINGLE_BOUND : DOUBLE_BOUND);
    if (size == 0) {
      out.append('0');
    } else {
      out.append(plain ? new BigDecimal(shortest).stripTrailingZeros().toPlainString() : shortest);
    }
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    for (int i = offset; i < offset + length; i++) {
      if ("0123456789+-.eE".indexOf(in[i]) < 0) {
        return false;
      }
    }
    String text = new String(in, offset, length, StandardCharsets.US_ASCII);
    try {
      if (single) {
        out.appendInt(Float.floatToIntBits(Float.parseFloat(text)));
      } else {
        out.appendLong(Double.doubleToLongBits(Double.parseDouble(text)));
      }
      return true;
    } catch (NumberFormatException e) {
      return false; // not a number: the caller's answer is NULL
    }
  }
}
