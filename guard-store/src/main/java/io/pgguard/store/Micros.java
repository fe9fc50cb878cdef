package io.pgguard.store;

import java.time.Instant;

/** Times as microseconds since 1970, for searching alone. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  static long floor(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 1_000);
  }

  static long ceiling(Instant time) {
    return floor(time) + (time.getNano() % 1_000 == 0 ? 0 : 1);
  }
}
