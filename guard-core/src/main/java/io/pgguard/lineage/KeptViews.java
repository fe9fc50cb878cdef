package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogDifference;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.lineage.Views.ViewLineage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which views are made of the same in a later snapshot, so that their definitions need not be read
 * again. What a definition means depends on the relations that it reads at any depth and on what it
 * names; where a change could reach further than that, nothing is kept.
 */
final class KeptViews {
  /** From so many changed relations on, looking for what stays costs what reading it does. */
  private static final int MOST = 64;

  /** Objects below this OID came with the server (FirstNormalObjectId, transam.h). */
  private static final int FIRST_NORMAL_OID = 16384;

  private final Snapshot before;
  private final Snapshot now;
  private final Set<Integer> changed = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Map<Integer, Boolean> touched = new HashMap<>();

  private KeptViews(Snapshot before, Snapshot now) {
    this.before = before;
    this.now = now;
  }

  /** What is known of the views of an earlier snapshot and holds for a later one. */
  static Map<Integer, ViewLineage> of(
      Snapshot before, Map<Integer, ViewLineage> known, Snapshot now) {
    CatalogDifference difference = CatalogDifference.between(before.catalog(), now.catalog());
    KeptViews kept = new KeptViews(before, now);
    return kept.isNarrow(difference) ? kept.among(known) : Map.of();
  }

  /** Whether what differs is a few relations with their own types, which no others hold rows of. */
  private boolean isNarrow(CatalogDifference difference) {
    if (difference.beyond() || difference.relations().size() > MOST) {
      return false;
    }
    difference.relations().forEach(this::changed);
    for (int oid : difference.types()) {
      if (!isOfChanged(oid, before.catalog()) || !isOfChanged(oid, now.catalog())) {
        return false;
      }
    }
    return names.stream().noneMatch(name -> name.contains("\"")) && !isHeld(before) && !isHeld(now);
  }

  /** A relation that has changed, and what it is a child of, which has its rows. */
  private void changed(int oid) {
    Deque<Integer> open = new ArrayDeque<>(Set.of(oid));
    while (!open.isEmpty()) {
      int next = open.remove();
      if (changed.add(next)) {
        for (Catalog catalog : new Catalog[] {before.catalog(), now.catalog()}) {
          Relation relation = catalog.relation(next).orElse(null);
          if (relation != null) {
            names.add(relation.name());
            open.addAll(relation.parents());
          }
        }
      }
    }
  }

  /** Whether a type is not there, or is that of a changed relation's rows or an array of them. */
  private boolean isOfChanged(int oid, Catalog catalog) {
    TypeInfo type = catalog.type(oid).orElse(null);
    TypeInfo row =
        type == null || type.elementType() == 0
            ? type
            : catalog.type(type.elementType()).orElse(type);
    return row == null || changed.contains(row.relationOid());
  }

  /** Whether a relation that has not changed has a column that holds rows of one that has. */
  private boolean isHeld(Snapshot snapshot) {
    for (Relation relation : snapshot.catalog().relations()) {
      if (!changed.contains(relation.oid())) {
        for (Column column : relation.columns()) {
          if (!Collections.disjoint(snapshot.rowsWithin(column.typeOid()), changed)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private Map<Integer, ViewLineage> among(Map<Integer, ViewLineage> known) {
    Map<Integer, ViewLineage> kept = new HashMap<>();
    known.forEach(
        (oid, lineage) -> {
          Relation view = now.catalog().relation(oid).orElse(null);
          if (view != null
              && !isTouched(view)
              && Collections.disjoint(lineage.reads(), changed)
              && lineage.reads().stream().noneMatch(read -> isTouched(relation(read)))) {
            kept.put(oid, lineage);
          }
        });
    return kept;
  }

  private @Nullable Relation relation(int oid) {
    return now.catalog().relation(oid).orElse(null);
  }

  /** Whether a relation has changed, or is made of, names or may run what has. */
  private boolean isTouched(@Nullable Relation relation) {
    if (relation == null) {
      return true;
    }
    Boolean known = touched.get(relation.oid());
    if (known == null) {
      touched.put(relation.oid(), true); // until it is known, for those that lead back to it
      String definition = relation.definition();
      known =
          changed.contains(relation.oid())
              || definition == null && Relations.isView(relation)
              || definition != null && names(definition)
              || definition != null && !relation.calls().stream().allMatch(KeptViews::isSystem)
              || relation.dependsOn().stream()
                  .anyMatch(read -> read != relation.oid() && isTouched(relation(read)));
      touched.put(relation.oid(), known);
    }
    return known;
  }

  /** PostgreSQL's own functions give nothing of the types of others. */
  private static boolean isSystem(int function) {
    return function > 0 && function < FIRST_NORMAL_OID;
  }

  private boolean names(String definition) {
    return names.stream().anyMatch(definition::contains);
  }
}
