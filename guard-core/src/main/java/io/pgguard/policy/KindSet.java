package io.pgguard.policy;

import java.util.Collection;
import java.util.List;

/**
 * A set of kind words as bits, so that rules compare with a few instructions. A word that is not
 * known sets {@link #other}. Immutable.
 */
record KindSet(long first, long second, long third, long fourth, boolean other) {
  static final KindSet NONE = new KindSet(0, 0, 0, 0, false);

  static {
    if (KindWords.size() > 256) {
      throw new IllegalStateException("KindSet holds 256 words, not " + KindWords.size());
    }
  }

  static KindSet of(Collection<String> words) {
    long first = 0;
    long second = 0;
    long third = 0;
    long fourth = 0;
    boolean other = false;
    for (String word : words) {
      int index = KindWords.index(word);
      long bit = 1L << (index & 63);
      switch (index >> 6) {
        case 0 -> first |= bit;
        case 1 -> second |= bit;
        case 2 -> third |= bit;
        case 3 -> fourth |= bit;
        default -> other = true;
      }
    }
    return new KindSet(first, second, third, fourth, other);
  }

  /** A set of words that must be known. */
  static KindSet of(String... words) {
    KindSet set = of(List.of(words));
    if (set.other()) {
      throw new IllegalArgumentException("not all are kind words: " + List.of(words));
    }
    return set;
  }

  boolean isEmpty() {
    return (first | second | third | fourth) == 0 && !other;
  }

  boolean meets(KindSet that) {
    return ((first & that.first)
            | (second & that.second)
            | (third & that.third)
            | (fourth & that.fourth))
        != 0;
  }

  static KindSet or(KindSet a, KindSet b) {
    return new KindSet(
        a.first | b.first,
        a.second | b.second,
        a.third | b.third,
        a.fourth | b.fourth,
        a.other || b.other);
  }

  KindSet and(KindSet that) {
    return new KindSet(
        first & that.first,
        second & that.second,
        third & that.third,
        fourth & that.fourth,
        other && that.other);
  }

  /** Whether every word of this one is in that one; never so with words that are not known. */
  boolean isWithin(KindSet that) {
    return !other
        && (first & ~that.first) == 0
        && (second & ~that.second) == 0
        && (third & ~that.third) == 0
        && (fourth & ~that.fourth) == 0;
  }
}
