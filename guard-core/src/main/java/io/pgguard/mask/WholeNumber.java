package io.pgguard.mask;

/** Writes whole numbers in decimal digits. Stateless. */
final class WholeNumber {
  private WholeNumber() {}

  /** Appends a number with its sign. */
  static void append(long value, ByteSink out) {
    if (value < 0) {
      out.append('-');
    }
    // Counted on the negative side, where the smallest number has a place too.
    long negative = value < 0 ? value : -value;
    long power = -1;
    while (negative / 10 <= power) {
      power *= 10;
    }
    for (long p = power; p != 0; p /= 10) {
      out.append((int) ('0' + negative / p));
      negative %= p;
    }
  }
}
