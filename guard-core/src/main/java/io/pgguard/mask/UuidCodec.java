package io.pgguard.mask;

/** UUIDs: 16 bytes, or 32 digits in groups of 8, 4, 4, 4 and 12 (RFC 9562). */
record UuidCodec() implements BinaryCodec {
  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, 16);
    for (int i = 0; i < 16; i++) {
      if (dashBefore(i)) {
        out.append('-');
      }
      Hex.append(in, offset + i, 1, out);
    }
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    if (length != 36) {
      return false;
    }
    int at = offset;
    for (int i = 0; i < 16; i++) {
      if (dashBefore(i) && in[at++] != '-') {
        return false;
      }
      int high = Hex.value(in[at++]);
      int low = Hex.value(in[at++]);
      if (high < 0 || low < 0) {
        return false;
      }
      out.append(high << 4 | low);
    }
    return true;
  }

  private static boolean dashBefore(int index) {
    return index == 4 || index == 6 || index == 8 || index == 10;
  }
}
