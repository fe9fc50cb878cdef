package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows of the server's catalog that a snapshot was made from, by key, each with the OID of its
 * owner: what a later look is compared with to find what has gone. Not changed once it was read.
 */
final class CatalogRows {
  private final Map<CatalogTable, Map<Long, Integer>> byTable = new EnumMap<>(CatalogTable.class);

  /** How many rows each owner has, of the tables that somebody asked about. */
  private final Map<CatalogTable, Map<Integer, Integer>> counts = new ConcurrentHashMap<>();

  CatalogRows() {
    for (CatalogTable table : CatalogTable.values()) {
      byTable.put(table, new HashMap<>());
    }
  }

  /** Reads all that count, in one query. */
  static CatalogRows read(CatalogQueries queries) {
    List<String> parts = new ArrayList<>();
    for (CatalogTable table : CatalogTable.values()) {
      if (table.counted()) {
        parts.add("SELECT " + table.ordinal() + ", part.* FROM (" + table.rows() + ") part");
      }
    }
    CatalogRows rows = new CatalogRows();
    queries.forEachRow(
        CatalogTable.SETS + String.join("\nUNION ALL ", parts),
        row ->
            rows.add(
                CatalogTable.values()[row.number(0)],
                Long.parseLong(row.required(1)),
                row.number(2)));
    return rows;
  }

  void add(CatalogTable table, long key, int owner) {
    of(table).put(key, owner);
  }

  private Map<Long, Integer> of(CatalogTable table) {
    return byTable.getOrDefault(table, Map.of());
  }

  /** Whose a row of that key was; empty if there was none. */
  Optional<Integer> owner(CatalogTable table, long key) {
    return Optional.ofNullable(of(table).get(key));
  }

  /** How many rows there are together with others. */
  int countWith(CatalogTable table, Set<Long> others) {
    int count = of(table).size();
    for (long key : others) {
      count += of(table).containsKey(key) ? 0 : 1;
    }
    return count;
  }

  /** How many rows of a table some owners have. Once read, any thread may ask. */
  int count(CatalogTable table, Set<Integer> owners) {
    Map<Integer, Integer> each =
        counts.computeIfAbsent(
            table,
            t -> {
              Map<Integer, Integer> counted = new HashMap<>();
              of(t).values().forEach(owner -> counted.merge(owner, 1, Integer::sum));
              return counted;
            });
    int count = 0;
    for (int owner : owners) {
      count += each.getOrDefault(owner, 0);
    }
    return count;
  }

  /** The keys of all rows of a table, each with its owner. */
  Map<Long, Integer> keys(CatalogTable table) {
    return of(table);
  }

  /**
   * These without some rows and with others; what stays as it was is shared.
   *
   * @param gone the keys of rows that are no more
   * @param written rows that are new or others now, by key, each with its owner
   */
  CatalogRows with(
      Map<CatalogTable, Set<Long>> gone, Map<CatalogTable, Map<Long, Integer>> written) {
    CatalogRows now = new CatalogRows();
    for (CatalogTable table : CatalogTable.values()) {
      Map<Long, Integer> known = of(table);
      Set<Long> out = gone.getOrDefault(table, Set.of());
      Map<Long, Integer> in = written.getOrDefault(table, Map.of());
      if (!out.isEmpty() || !in.isEmpty()) {
        known = new HashMap<>(known);
        known.keySet().removeAll(new HashSet<>(out));
        known.putAll(in);
      }
      now.byTable.put(table, known);
    }
    return now;
  }
}
