package io.pgguard.corpus.worlds;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be had again from its seed. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T any(T... list) {
    return list[random.nextInt(list.length)];
  }
}
