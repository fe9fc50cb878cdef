package io.pgguard.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A number of 64 bits for each thing that a snapshot holds, the same in every run. Those of a
 * snapshot's parts are combined by exclusive or, so that one part can be exchanged for another.
 */
final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /** Of a part; 0 for none. */
  static long of(@Nullable Object part) {
    if (part == null) {
      return 0;
    }
    return hash(OFFSET, part.getClass().getSimpleName() + part);
  }

  /** FNV-1a over UTF-16 units. */
  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
