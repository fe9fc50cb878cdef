package io.pgguard.catalog;

import java.util.function.Consumer;

/**
 * Runs texts on one database connection of Guard's own, which nobody else uses meanwhile. {@link
 * CatalogReader} sends its own BEGIN and COMMIT through it, so the connection must be outside a
 * transaction, and an implementation must not begin one. Need not be thread-safe.
 */
@FunctionalInterface
public interface CatalogQueries extends AutoCloseable {
  /**
   * Runs one statement and passes on each row of its result; a statement without a result passes on
   * none.
   *
   * @throws CatalogUnavailableException if it cannot be run or read
   */
  void forEachRow(String sql, Consumer<CatalogRow> row);

  /** Gives the connection back. Does nothing unless overridden. */
  @Override
  default void close() {}
}
