package io.pgguard.catalog;

import java.util.function.Function;

/** Wraps work in a transaction that ends also when the work fails. */
final class CatalogTransaction {
  private CatalogTransaction() {}

  static <T> T within(CatalogQueries queries, String begin, Function<CatalogQueries, T> work) {
    queries.forEachRow(begin, row -> {});
    try {
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
