package io.pgguard.lineage;

import io.pgguard.catalog.Relation;
import io.pgguard.lineage.Views.ViewLineage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Which views are made of the same in a later snapshot, so that their definitions need not be read
 * again. What a definition means depends on the relations that it reads at any depth and on what it
 * names; where a change could reach further than that, nothing is kept. Stateless.
 */
final class KeptViews {
  private KeptViews() {}

  /**
   * What is known of the views of an earlier snapshot and holds for a later one.
   *
   * @param change from the one to the other
   */
  static Map<Integer, ViewLineage> of(
      Map<Integer, ViewLineage> known, NarrowChange change, Snapshot now) {
    Map<Integer, ViewLineage> kept = new HashMap<>();
    known.forEach(
        (oid, lineage) -> {
          Relation view = now.catalog().relation(oid).orElse(null);
          if (view != null
              && !change.touched().contains(oid)
              && Collections.disjoint(lineage.reads(), change.touched())
              && lineage.reads().stream()
                  .allMatch(read -> now.catalog().relation(read).isPresent())) {
            kept.put(oid, lineage);
          }
        });
    return kept;
  }
}
