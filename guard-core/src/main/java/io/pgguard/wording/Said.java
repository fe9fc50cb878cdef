package io.pgguard.wording;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wording with its values. Immutable.
 *
 * @param wording of the catalog
 * @param message what is the matter
 * @param detail more, or null
 * @param hint what would be allowed or whom to ask, or null
 */
public record Said(
    Wording wording, String message, @Nullable String detail, @Nullable String hint) {
  /** The five characters of its SQLSTATE, which it must have. */
  public String sqlState() {
    return Objects.requireNonNull(wording.phrase().state(), wording::key).code();
  }
}
