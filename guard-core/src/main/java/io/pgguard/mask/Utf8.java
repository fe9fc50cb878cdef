package io.pgguard.mask;

/** Steps over UTF-8 (RFC 3629) without decoding it. Stateless. */
final class Utf8 {
  private Utf8() {}

  /** How many code points a slice has. */
  static int count(byte[] in, int offset, int length) {
    int end = offset + length;
    int count = length;
    for (int i = offset; i < end; i++) {
      count -= (in[i] >>> 7 & 1) & ~(in[i] >>> 6 & 1); // one less for each byte that goes on
    }
    return count;
  }

  /**
   * The index after {@code count} code points from {@code at}; {@code end} when there are fewer.
   */
  static int skip(byte[] in, int at, int end, int count) {
    int to = at;
    for (int left = count; left > 0 && to < end; left--) {
      to++;
      while (to < end && !starts(in[to])) {
        to++;
      }
    }
    return to;
  }

  /** The index of the code point that is {@code count} before {@code end}. */
  static int back(byte[] in, int from, int end, int count) {
    int at = end;
    for (int left = count; left > 0 && at > from; left--) {
      at--;
      while (at > from && !starts(in[at])) {
        at--;
      }
    }
    return at;
  }

  /** How many bytes of whole characters are in {@code most} bytes, with more text after them. */
  static int wholeCharacters(byte[] in, int offset, int most) {
    int length = most;
    while (length > 0 && !starts(in[offset + length])) {
      length--;
    }
    return length;
  }

  private static boolean starts(byte unit) {
    return (unit & 0xc0) != 0x80;
  }
}
