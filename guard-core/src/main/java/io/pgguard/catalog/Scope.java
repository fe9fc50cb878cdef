package io.pgguard.catalog;

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

  /** Runs a query within this scope; nothing is asked for nobody. */
  void forEachRow(CatalogQueries queries, String text, Consumer<CatalogRow> row) {
    Set<Integer> some = only;
    if (some == null) {
      queries.forEachRow(new OwnedQuery(text).all(), row);
    } else if (!some.isEmpty()) {
      queries.forEachRow(new OwnedQuery(text).of(some), row);
    }
  }
}
