package io.pgguard.lineage;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why and how a column is protected. Immutable.
 *
 * @param kind how
 * @param marked what the policy said of it, or of what it is made of; null for SYSTEM
 * @param reason why, for people: {@code public.customers.ssn is marked}
 */
public record Protection<P>(Kind kind, @Nullable P marked, String reason) {
  /** How a column is protected. */
  public enum Kind {
    /** It holds the marked values themselves: what the policy says of them applies. */
    MARKED,
    /** It is computed from marked values: redact it whole. */
    DERIVED,
    /**
     * It holds rows of a relation that has marked columns: each field is what its own column is,
     * and where the fields cannot be told apart it is redacted whole.
     */
    CARRIER,
    /** PostgreSQL keeps values, statements or secrets of others there: redact it whole. */
    SYSTEM
  }

  public Protection {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
  }

  /** What the policy said; empty for SYSTEM. */
  public Optional<P> mark() {
    return Optional.ofNullable(marked);
  }
}
