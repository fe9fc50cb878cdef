package io.pgguard.catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the server prints from stored trees; where a lock stands in the way, all else can
 * still be read.
 */
final class Printing {
  private static final Logger LOG = LoggerFactory.getLogger(Printing.class);

  private Printing() {}

  /** Returns whether it could be read. */
  static boolean read(CatalogQueries queries, RelationReader relations, FunctionReader functions) {
    queries.forEachRow("SAVEPOINT printed", row -> {});
    try {
      relations.readPrinted(queries);
      functions.readPrinted(queries);
      queries.forEachRow("RELEASE SAVEPOINT printed", row -> {});
      return true;
    } catch (CatalogUnavailableException e) {
      queries.forEachRow("ROLLBACK TO SAVEPOINT printed", row -> {});
      LOG.warn("some definitions could not be read; the views concerned count as unknown", e);
      relations.printingFailed();
      functions.printingFailed();
      return false;
    }
  }
}
