package io.pgguard.guess;

import java.util.Objects;

/**
 * One comparison of a protected column with a constant. Immutable.
 *
 * @param column what is compared; the same text for the same column, whoever asks
 * @param shown the column for people
 * @param use whether rows are read by it or something is written
 * @param constant what it is compared with, as it was written or bound
 */
public record Guess(String column, String shown, Use use, String constant) {
  /** Reading and writing have budgets of their own. */
  public enum Use {
    READ,
    WRITE
  }

  public Guess {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(shown, "shown");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(constant, "constant");
  }

  /** Never the constant: it may be somebody's value. */
  @Override
  public String toString() {
    return "Guess[" + shown + ", " + use + "]";
  }
}
