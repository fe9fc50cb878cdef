package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which columns decide in which partition, and so in which order, the rows of a relation are kept:
 * whoever reads a partition learns which rows its bounds let in, and whoever reads the whole may
 * see one partition's rows after another's. Immutable.
 */
final class Places {
  /** They have rows for relations that hold some: an empty partition has none. */
  private static final Set<String> STATISTICS =
      Set.of(
          "pg_statistic",
          "pg_stats",
          "pg_statistic_ext_data",
          "pg_stats_ext",
          "pg_stats_ext_exprs");

  private final Map<Integer, Sources> keys = new HashMap<>();
  private final Map<Integer, Sources> above = new HashMap<>();

  Places(Catalog catalog) {
    for (Relation relation : catalog.relations()) {
      Sources own = key(catalog, relation.oid());
      if (!own.isEmpty()) {
        keys.put(relation.oid(), own);
      }
    }
    if (!keys.isEmpty()) {
      Sources every = Sources.NONE;
      for (Sources key : keys.values()) {
        every = every.with(key);
      }
      for (Relation relation : catalog.relations()) {
        boolean counts =
            relation.schema().equals("pg_catalog") && STATISTICS.contains(relation.name());
        Sources all = counts ? every : ancestors(catalog, relation);
        if (!all.isEmpty()) {
          above.put(relation.oid(), all);
        }
      }
    }
  }

  private static Sources key(Catalog catalog, int oid) {
    Sources key = Sources.NONE;
    for (Comparing one : catalog.code().comparing(oid)) {
      if (one.kind() == Comparing.Kind.PARTITION_KEY) {
        for (int number : one.columns()) {
          key = key.with(Sources.copyOf(oid, number));
        }
      }
    }
    return key;
  }

  private Sources ancestors(Catalog catalog, Relation relation) {
    Sources all = Sources.NONE;
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(relation.parents());
    while (!open.isEmpty()) {
      int oid = open.remove();
      if (seen.add(oid)) {
        all = all.with(keys.getOrDefault(oid, Sources.NONE));
        catalog.relation(oid).ifPresent(parent -> open.addAll(parent.parents()));
      }
    }
    return all;
  }

  /** What decides where the rows of a relation are kept that is read. */
  Sources ofRead(int oid) {
    return keys.isEmpty() ? Sources.NONE : keys.getOrDefault(oid, Sources.NONE).with(ofPart(oid));
  }

  /** What decides which rows a partition holds; none where the relation is no partition. */
  Sources ofPart(int oid) {
    return above.getOrDefault(oid, Sources.NONE);
  }
}
