package io.pgguard.corpus.worlds;

import java.util.Arrays;

/**
 * Fingerprints that were met: sixteen bytes each at most, so that a run of millions of cases fits.
 * Not thread-safe.
 */
final class Fingerprints {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] slots = new long[1 << 12];
  private int size;

  /** Whether it had not been met; zero is taken for one. */
  boolean add(long fingerprint) {
    long wanted = fingerprint == 0 ? 1 : fingerprint;
    int at = place(slots, wanted);
    if (slots[at] == wanted) {
      return false;
    }
    slots[at] = wanted;
    size++;
    if (size * 2 > slots.length) {
      grow();
    }
    return true;
  }

  private static int place(long[] slots, long wanted) {
    int at = (int) ((wanted * MIX) >>> 32) & (slots.length - 1);
    while (slots[at] != 0 && slots[at] != wanted) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    Arrays.stream(slots)
        .filter(fingerprint -> fingerprint != 0)
        .forEach(fingerprint -> larger[place(larger, fingerprint)] = fingerprint);
    slots = larger;
  }
}
