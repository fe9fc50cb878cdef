package io.pgguard.catalog;

import java.util.List;
import java.util.function.BiFunction;

/** Wraps work in a transaction that ends also when its beginning or the work fails. */
final class CatalogTransaction {
  private boolean ends;

  private CatalogTransaction() {}

  /**
   * Runs work in a transaction.
   *
   * @param begin what begins it
   * @param work may end it by itself, by asking {@link #end}
   */
  static <T> T within(
      CatalogQueries queries,
      List<CatalogQuestion> begin,
      BiFunction<CatalogQueries, CatalogTransaction, T> work) {
    CatalogTransaction transaction = new CatalogTransaction();
    try {
      queries.ask(begin);
      T result = work.apply(queries, transaction);
      if (!transaction.ends) {
        queries.forEachRow("COMMIT", row -> {});
      }
      return result;
    } catch (RuntimeException e) {
      rollBack(queries, e);
      throw e instanceof CatalogUnavailableException
          ? e
          : new CatalogUnavailableException(
              "the catalog holds something that Guard does not know ("
                  + e.getMessage()
                  + "); Guard reads PostgreSQL 15 to 19",
              e);
    }
  }

  /** Ends it, as the last question of a round: no other way to the server is needed then. */
  CatalogQuestion end() {
    ends = true;
    return CatalogQuestion.of("COMMIT");
  }

  private static void rollBack(CatalogQueries queries, RuntimeException cause) {
    try {
      queries.forEachRow("ROLLBACK", row -> {});
    } catch (RuntimeException e) {
      if (e != cause) { // a queries object may throw one object for ever, once it is broken
        cause.addSuppressed(e);
      }
    }
  }
}
