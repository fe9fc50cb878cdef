package io.pgguard.mask;

/**
 * Byte strings: as they are, or as text in the hex format; the escape format is read too
 * (PostgreSQL documentation, "Binary Data Types").
 */
record ByteaCodec() implements BinaryCodec {
  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    out.append('\\');
    out.append('x');
    Hex.append(in, offset, length, out);
    return true;
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    boolean hex = length >= 2 && in[offset] == '\\' && in[offset + 1] == 'x';
    return hex
        ? fromHex(in, offset + 2, offset + length, out)
        : fromEscapes(in, offset, offset + length, out);
  }

  private static boolean fromHex(byte[] in, int from, int end, ByteSink out) {
    if ((end - from) % 2 != 0) {
      return false;
    }
    for (int i = from; i < end; i += 2) {
      int high = Hex.value(in[i]);
      int low = Hex.value(in[i + 1]);
      if (high < 0 || low < 0) {
        return false;
      }
      out.append(high << 4 | low);
    }
    return true;
  }

  private static boolean fromEscapes(byte[] in, int from, int end, ByteSink out) {
    int at = from;
    while (at < end) {
      if (in[at] != '\\') {
        out.append(in[at++]);
      } else if (at + 1 < end && in[at + 1] == '\\') {
        out.append('\\');
        at += 2;
      } else if (at + 3 < end && octal(in[at + 1]) && octal(in[at + 2]) && octal(in[at + 3])) {
        out.append((in[at + 1] - '0') << 6 | (in[at + 2] - '0') << 3 | in[at + 3] - '0');
        at += 4;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean octal(byte digit) {
    return digit >= '0' && digit <= '7';
  }
}
