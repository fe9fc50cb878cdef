package io.pgguard.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** IEEE 754 numbers. Only those that the server writes without an exponent have a text here. */
record FloatCodec(boolean single) implements BinaryCodec {
  private static final double LEAST_PLAIN = 1e-4;
  private static final double SINGLE_BOUND = 1e6;
  private static final double DOUBLE_BOUND = 1e15;

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, single ? 4 : 8);
    float small = single ? Float.intBitsToFloat(Wire.getInt(in, offset)) : 0;
    double value = single ? small : Double.longBitsToDouble(Wire.getLong(in, offset));
    double size = Math.abs(value);
    if (!(size == 0 || size >= LEAST_PLAIN && size < (single ? SINGLE_BOUND : DOUBLE_BOUND))) {
      return false;
    }
    BigDecimal shortest = new BigDecimal(single ? Float.toString(small) : Double.toString(value));
    out.append(size == 0 ? "0" : shortest.stripTrailingZeros().toPlainString());
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
