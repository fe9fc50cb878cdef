package io.pgguard.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * How many different constants a principal may compare one protected column with by equality,
 * within a time. Immutable.
 *
 * @param atMost how many where rows are read
 * @param writes how many where something is written, counted apart
 * @param per the time; positive
 */
public record GuessBudget(int atMost, int writes, Duration per) {
  /** The most that a policy may give. */
  public static final int MOST = 1_000_000;

  /**
   * Where the policy names no number: what one agent looks up by hand, and what an import writes
   * into columns with a unique key.
   */
  public static final GuessBudget DEFAULT = new GuessBudget(100, 10_000, Duration.ofHours(1));

  public GuessBudget {
    Objects.requireNonNull(per, "per");
    if (atMost < 1 || atMost > MOST || writes < 1 || writes > MOST) {
      throw new IllegalArgumentException("a budget of guesses is from 1 to " + MOST);
    }
    if (per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("a budget of guesses needs a time");
    }
  }
}
