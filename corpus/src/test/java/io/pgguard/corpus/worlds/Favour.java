package io.pgguard.corpus.worlds;

import java.util.HashMap;
import java.util.Map;

/**
 * Learns what is let through and runs, so that fewer cases are wasted: what is admitted seldom is
 * drawn seldom after its first tries, never not at all. Not thread-safe.
 */
final class Favour {
  private static final int TRIES = 12;
  private static final int SELDOM = 12;

  /** In percent of what is drawn for each that is admitted: of three, one is enough for always. */
  private static final int ALWAYS = 300;

  private final Map<String, int[]> records = new HashMap<>();

  /** Whether what has a name is drawn. */
  boolean takes(String name, Dice dice) {
    int[] record = records.get(name);
    return record == null
        || record[0] < TRIES
        || dice.chance(SELDOM + ALWAYS * record[1] / record[0]);
  }

  /** A case that was made of something was admitted and ran, or was not. */
  void tell(String name, boolean good) {
    int[] record = records.computeIfAbsent(name, key -> new int[2]);
    record[0]++;
    record[1] += good ? 1 : 0;
  }
}
