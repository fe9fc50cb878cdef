package io.pgguard.corpus.worlds;

/** How the protected values of a world differ from those of {@link #BASE}. */
enum World {
  BASE,
  /** One character, digit or element of the fourth value of each type. */
  ONE_CHARACTER,
  /** Other values, other lengths, other equalities. */
  RANDOM,
  /** The values that break things. */
  EXTREME,
  /** The same values in the opposite order. */
  REVERSED
}
