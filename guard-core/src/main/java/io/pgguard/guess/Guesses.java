package io.pgguard.guess;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Counts guesses: the different constants that each principal compared each protected column with.
 * A constant that was guessed within the time is free to guess again. Implementations are
 * thread-safe.
 */
public interface Guesses {

  /**
   * How many guesses are given.
   *
   * @param atMost different constants for a principal and a column
   * @param per within that time
   */
  record Budget(int atMost, Duration per) {
    public Budget {
      if (atMost < 1 || per.isZero() || per.isNegative()) {
        throw new IllegalArgumentException("a budget of guesses needs a number and a time");
      }
    }
  }

  /** What became of guesses. */
  sealed interface Count {
    /** The guess whose column is nearest to its budget. */
    Guess guess();

    /**
     * All were counted.
     *
     * @param taken how many different constants the nearest column's budget has taken
     */
    record Within(Guess guess, int taken) implements Count {}

    /**
     * None was counted, since they would go over the budget.
     *
     * @param asked how many different constants it would have been
     * @param room when the oldest guess of that column is forgotten
     */
    record Over(Guess guess, int asked, Instant room) implements Count {}
  }

  /**
   * Counts all of these, or none.
   *
   * @param principal who guesses
   * @param guesses at least one, all of one use
   */
  Count count(String principal, List<Guess> guesses, Budget budget, Instant now);
}
