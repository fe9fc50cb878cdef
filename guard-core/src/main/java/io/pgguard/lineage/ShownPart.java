package io.pgguard.lineage;

import java.util.Objects;

/**
 * A part of a text that a mask may show. Immutable.
 *
 * @param kind which part
 * @param count how many characters, where the kind counts them; else 0
 */
public record ShownPart(Kind kind, int count) {
  public ShownPart {
    Objects.requireNonNull(kind, "kind");
  }

  /** Which part of a text. */
  public enum Kind {
    /** The first characters. */
    FIRST,
    /** The last characters. */
    LAST,
    /** How many characters it has. */
    LENGTH,
    /** What stands behind the first {@code @}. */
    DOMAIN
  }
}
