package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the server prints from stored trees; where a lock stands in the way, all else can
 * still be read.
 */
final class Printing {
  private static final Logger LOG = LoggerFactory.getLogger(Printing.class);

  private Printing() {}

  /**
   * @return whether it could be read
   */
  static boolean read(
      CatalogQueries queries, boolean atOnce, RelationReader relations, FunctionReader functions) {
    List<CatalogQuestion> questions = new ArrayList<>();
    questions.addAll(relations.printed());
    questions.addAll(functions.printed());
    if (questions.isEmpty()) {
      return true;
    }
    questions.add(0, CatalogQuestion.of("SAVEPOINT printed"));
    questions.add(CatalogQuestion.of("RELEASE SAVEPOINT printed"));
    try {
      Scope.ask(queries, atOnce, questions);
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
