package io.pgguard.catalog;

import java.util.List;
import java.util.function.Function;

/** Wraps work in a transaction that ends also when its beginning or the work fails. */
final class CatalogTransaction {
  private CatalogTransaction() {}

  static <T> T within(
      CatalogQueries queries, List<CatalogQuestion> begin, Function<CatalogQueries, T> work) {
    try {
      queries.ask(begin);
      T result = work.apply(queries);
      queries.forEachRow("COMMIT", row -> {});
      return result;
    } catch (RuntimeException e) {
      rollBack(queries, e);
      throw e instanceof CatalogUnavailableException
          ? e
          : new CatalogUnavailableException(
              "the catalog holds something that Guard does not know ("
                  + e.getMessage()
                  + "); Guard reads PostgreSQL 15 to 18",
              e);
    }
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
