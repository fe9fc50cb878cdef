package io.pgguard.mask;

/** Steps over UTF-8 (RFC 3629) without decoding it. Stateless. */
final class Utf8 {
  private Utf8() {}

  /** How many code points a slice has. */
  static int count(byte[] in, int offset, int length) {
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      if (starts(in[i])) {
        count++;
      }
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
