package io.pgguard.reach;

import java.util.Objects;

/** Whether a function may be called without the policy's word. */
public sealed interface Safety {
  /** It reads nothing protected, runs no text, and changes nothing. */
  Safety SAFE = new Safe();

  /** It may be called. */
  record Safe() implements Safety {}

  /**
   * It may not be called.
   *
   * @param reason why, for people
   */
  record Unsafe(String reason) implements Safety {
    public Unsafe {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Whether this is {@link Safe}. */
  default boolean isSafe() {
    return this instanceof Safe;
  }
}
