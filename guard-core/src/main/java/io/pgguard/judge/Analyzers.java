package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.lineage.LineageAnalyzer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Follows columns by the snapshot that was last asked for; made once for each. Thread-safe. */
public final class Analyzers {
  private final AtomicReference<@Nullable Made> last = new AtomicReference<>();

  private record Made(Catalog catalog, LineageAnalyzer analyzer) {}

  public LineageAnalyzer of(Catalog snapshot) {
    Made known = last.get();
    if (known == null || known.catalog() != snapshot) {
      known = new Made(snapshot, new LineageAnalyzer(snapshot));
      last.set(known);
    }
    return known.analyzer();
  }
}
