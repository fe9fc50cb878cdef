package io.pgguard.mask;

/** Hexadecimal digits as bytes. Stateless. */
final class Hex {
  private static final String DIGITS = "0123456789abcdef";

  private Hex() {}

  /** Appends two lower-case digits for each byte. */
  static void append(byte[] in, int offset, int length, ByteSink out) {
    for (int i = offset; i < offset + length; i++) {
      out.append(DIGITS.charAt(in[i] >> 4 & 15));
      out.append(DIGITS.charAt(in[i] & 15));
    }
  }

  /** The value of a digit of either case; -1 for anything else. */
  static int value(byte digit) {
    return Character.digit(digit, 16);
  }
}
