package io.pgguard.corpus.worlds;

import java.util.HashMap;
import java.util.Map;

/**
 * Learns what is let through and runs, so that fewer cases are wasted: what was never admitted in
 * its first tries is drawn seldom from then on, never not at all. Not thread-safe.
 */
final class Favour {
  private static final int TRIES = 12;
  private static final int SELDOM = 12;

  private final Map<String, int[]> records = new HashMap<>();

  boolean takes(Callable callable, Dice dice) {
    int[] record = records.get(key(callable));
    return record == null || record[0] < TRIES || record[1] > 0 || dice.chance(SELDOM);
  }

  private static String key(Callable callable) {
    return callable.name();
  }

  /** A case that called something was admitted and ran, or was not. */
  void tell(String name, boolean good) {
    int[] record = records.computeIfAbsent(name, key -> new int[2]);
    record[0]++;
    record[1] += good ? 1 : 0;
  }
}
