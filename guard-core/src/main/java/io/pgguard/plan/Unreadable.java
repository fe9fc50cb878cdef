package io.pgguard.plan;

import io.pgguard.wording.Said;

/**
 * Why a text cannot be read at all, in words that a model can act on. Immutable.
 *
 * @param said what is the matter, where, and what would be read
 */
public record Unreadable(Said said) {
  /** What is the matter. */
  public String message() {
    return said.message();
  }
}
