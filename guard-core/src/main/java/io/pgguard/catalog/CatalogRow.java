package io.pgguard.catalog;

import org.jspecify.annotations.Nullable;

/**
 * One row of a catalog query, every value in PostgreSQL's text format. Valid only during the call
 * that it is passed to; not thread-safe.
 */
@FunctionalInterface
public interface CatalogRow {
  /**
   * The value at a position, from 0; null for SQL NULL.
   *
   * @throws CatalogUnavailableException if it cannot be read
   */
  @Nullable String text(int position);

  /** A value that is never NULL. */
  default String required(int position) {
    String value = text(position);
    if (value == null) {
      throw new CatalogUnavailableException(
          "the server left out value " + position + " of a catalog row; is pg_catalog damaged?");
    }
    return value;
  }

  /** An OID or another number of 32 bits; 0 for SQL NULL. OIDs above 2^31 come out below 0. */
  default int number(int position) {
    String value = text(position);
    return value == null ? 0 : (int) Long.parseLong(value);
  }

  /** A boolean; false for SQL NULL. */
  default boolean flag(int position) {
    String value = text(position);
    return value != null && value.startsWith("t");
  }

  /** A value of the type {@code "char"}; NUL, which PostgreSQL prints as nothing, for none. */
  default char letter(int position) {
    String value = text(position);
    return value == null || value.isEmpty() ? '\0' : value.charAt(0);
  }
}
