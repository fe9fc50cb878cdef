package io.pgguard.catalog;

import java.util.List;
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

  /**
   * Runs statements one after the other and passes on the rows of each. An implementation may send
   * them all at once, and keep their plans.
   *
   * @throws CatalogUnavailableException if one cannot be run or read; those behind it are not run
   */
  default void ask(List<CatalogQuestion> questions) {
    for (CatalogQuestion question : questions) {
      forEachRow(question.written(), question.rows());
    }
  }

  /** Gives the connection back. Does nothing unless overridden. */
  @Override
  default void close() {}
}
