package io.pgguard.corpus.random;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Choices from a seed and a statement's number; the same two give the same choices. Not
 * thread-safe.
 */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, long number) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L);
  }

  /** A number from 0 to {@code bound - 1}. */
  int next(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  @SafeVarargs
  final <T> T of(T... items) {
    return items[random.nextInt(items.length)];
  }
}
