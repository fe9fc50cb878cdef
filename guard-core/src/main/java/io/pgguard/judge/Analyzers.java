package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.policy.ColumnPattern;
import io.pgguard.policy.Policy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows columns by the snapshot that was last asked for, as far as its owner does not release
 * them; made once for each, from the one before where little has changed. Thread-safe.
 */
public final class Analyzers {
  private final AtomicReference<@Nullable Made> last = new AtomicReference<>();

  private record Made(Catalog catalog, List<String> declassified, LineageAnalyzer analyzer) {}

  public LineageAnalyzer of(Catalog snapshot, Policy policy) {
    Made known = last.get();
    List<String> declassified = of(policy);
    if (known == null
        || known.catalog() != snapshot
        || !known.declassified().equals(declassified)) {
      BiPredicate<Relation, Column> released =
          (view, column) -> policy.declassifies(view.schema(), view.name(), column.name());
      LineageAnalyzer made =
          known != null && known.declassified().equals(declassified)
              ? new LineageAnalyzer(snapshot, released, known.analyzer())
              : new LineageAnalyzer(snapshot, released);
      known = new Made(snapshot, declassified, made);
      last.set(known);
    }
    return known.analyzer();
  }

  private static List<String> of(Policy policy) {
    return policy.declassified().isEmpty()
        ? List.of()
        : policy.declassified().stream().map(ColumnPattern::text).toList();
  }
}
