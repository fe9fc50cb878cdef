package io.pgguard.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose facts are read: everybody's, or those of some owners only. Immutable.
 *
 * @param only the owners' OIDs, or null for everybody
 */
record Scope(@Nullable Set<Integer> only) {
  /** Everybody. */
  static final Scope ALL = new Scope(null);

  /** Some owners. */
  static Scope of(Set<Integer> oids) {
    return new Scope(Set.copyOf(oids));
  }

  /** Whether there is nobody in it. */
  boolean isEmpty() {
    return only != null && only.isEmpty();
  }

  /** Whether somebody is in it. */
  boolean has(int oid) {
    return only == null || only.contains(oid);
  }

  /** A query within this scope. */
  CatalogQuestion question(String text, Consumer<CatalogRow> rows) {
    OwnedQuery query = new OwnedQuery(text);
    return only == null ? CatalogQuestion.of(query.all(), rows) : query.of(only, rows);
  }

  /**
   * Asks: of all one after the other, so that no more than one answer is held; of some at once, so
   * that the way to the server is gone once.
   */
  static void ask(CatalogQueries queries, boolean atOnce, List<CatalogQuestion> questions) {
    if (atOnce && !questions.isEmpty()) {
      queries.ask(questions);
    } else {
      questions.forEach(question -> queries.ask(List.of(question)));
    }
  }
}
