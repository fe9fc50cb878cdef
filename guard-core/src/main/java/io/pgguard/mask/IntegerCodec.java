package io.pgguard.mask;

/** Integers of 2, 4 or 8 bytes, two's complement in network byte order. */
record IntegerCodec(int bytes) implements BinaryCodec {

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, bytes);
    long value =
        switch (bytes) {
          case 2 -> Wire.getShort(in, offset);
          case 4 -> Wire.getInt(in, offset);
          default -> Wire.getLong(in, offset);
        };
    WholeNumber.append(value, out);
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    int at = offset;
    int end = offset + length;
    boolean minus = at < end && in[at] == '-';
    if (minus) {
      at++;
    }
    if (at == end) {
      return false;
    }
    long negative = 0;
    for (; at < end; at++) {
      int digit = in[at] - '0';
      if (digit < 0 || digit > 9 || negative < (Long.MIN_VALUE + digit) / 10) {
        return false;
      }
      negative = negative * 10 - digit;
    }
    long least = bytes == 8 ? Long.MIN_VALUE : -(1L << bytes * 8 - 1);
    if (negative < least || !minus && negative == least) {
      return false;
    }
    append(minus ? negative : -negative, out);
    return true;
  }

  private void append(long value, ByteSink out) {
    switch (bytes) {
      case 2 -> out.appendShort((int) value);
      case 4 -> out.appendInt((int) value);
      default -> out.appendLong(value);
    }
  }
}
