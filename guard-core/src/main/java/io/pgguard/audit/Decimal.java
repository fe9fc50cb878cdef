package io.pgguard.audit;

/** Whole numbers as decimal ASCII digits in a byte array, without allocation. */
final class Decimal {
  private static final int MOST_DIGITS = 18;

  private Decimal() {}

  /** Writes a number and tells where it ends; needs up to 20 bytes. */
  static int write(long value, byte[] target, int at) {
    if (value == Long.MIN_VALUE) {
      byte[] text = JsonLine.ascii(Long.toString(value));
      System.arraycopy(text, 0, target, at, text.length);
      return at + text.length;
    }
    int from = at;
    if (value < 0) {
      target[from++] = '-';
    }
    long rest = Math.abs(value);
    int to = from + digits(rest);
    for (int i = to - 1; i >= from; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return to;
  }

  /** How many digits a number has; it must not be negative. */
  static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes exactly so many digits, with zeros in front. */
  static int padded(int value, int digits, byte[] target, int at) {
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  /**
   * Where the digits end that begin at an index; the index itself when they are no number in the
   * one form that {@link #write} gives it (no sign, no leading zero, at most 18 digits).
   */
  static int end(byte[] source, int at, int limit) {
    int end = at;
    while (end < limit && source[end] >= '0' && source[end] <= '9') {
      end++;
    }
    boolean leadingZero = end - at > 1 && source[at] == '0';
    return leadingZero || end - at > MOST_DIGITS ? at : end;
  }

  /** Reads digits that {@link #end} accepted. */
  static long read(byte[] source, int at, int end) {
    long value = 0;
    for (int i = at; i < end; i++) {
      value = value * 10 + (source[i] - '0');
    }
    return value;
  }
}
