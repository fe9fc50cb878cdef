package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed in the server's catalog since a snapshot was read: which rows were written or
 * have gone, and whose they are. Asked in one query, which answers with one row for each table,
 * however large the catalog is; where rows have gone, one more for their table.
 *
 * <p>A row counts as written when its xmin is the oldest transaction that the snapshot's own read
 * saw running, or a later one. So every row version that the read did not see is among them, those
 * of subtransactions too, and perhaps some that it did see. Rows that were written in place
 * (statistics, flags that are only hints) do not show, and nothing of a snapshot is made of them.
 *
 * <p>Not thread-safe.
 */
final class CatalogChanges {
  private static final String TEXT = text();

  private final Map<CatalogTable, Map<Long, Integer>> written = new EnumMap<>(CatalogTable.class);
  private final Map<CatalogTable, Map<Long, Integer>> gone = new EnumMap<>(CatalogTable.class);
  private final Map<CatalogTable.Owner, Set<Integer>> owners =
      new EnumMap<>(CatalogTable.Owner.class);
  private final Map<RelationFacet, Set<Integer>> facets = new EnumMap<>(RelationFacet.class);
  private final Map<CatalogTable, Integer> counts = new EnumMap<>(CatalogTable.class);
  private Horizon horizon = Horizon.NONE;

  CatalogChanges() {
    for (CatalogTable.Owner owner : CatalogTable.Owner.values()) {
      owners.put(owner, new HashSet<>());
    }
    for (RelationFacet facet : RelationFacet.values()) {
      facets.put(facet, new HashSet<>());
    }
  }

  /** What is asked; the answer is read into these changes. */
  CatalogQuestion question(Horizon since) {
    return new CatalogQuestion(TEXT, List.of(Long.toString(since.oldestXid())), this::read);
  }

  /**
   * Finds whose rows have gone.
   *
   * @param known the rows that the snapshot was made from
   */
  void findGone(CatalogRows known, CatalogQueries queries) {
    Map<CatalogTable, Set<Long>> fewer = new EnumMap<>(CatalogTable.class);
    counts.forEach((table, count) -> compare(table, count, known, fewer));
    GoneRows.find(known, fewer, queries)
        .forEach(
            (table, lost) -> {
              gone.put(table, lost);
              lost.values().forEach(owner -> add(table, owner));
            });
  }

  /** Whether rows were written, or there are not as many as the snapshot was made from. */
  boolean differ(CatalogRows known) {
    return written.values().stream().anyMatch(rows -> !rows.isEmpty())
        || counts.entrySet().stream()
            .anyMatch(entry -> known.countWith(entry.getKey(), Set.of()) != entry.getValue());
  }

  /** The query: the snapshot that it sees, then a row for each table. */
  private static String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "SELECT -1, pg_catalog.pg_is_in_recovery()::pg_catalog.int4,"
            + " pg_catalog.pg_current_snapshot()::pg_catalog.text");
    for (CatalogTable table : CatalogTable.values()) {
      parts.add(table.changes());
    }
    return CatalogTable.SETS
        + ", oldest AS MATERIALIZED (SELECT pg_catalog.age({}::pg_catalog.xid))\n"
        + String.join("\nUNION ALL ", parts);
  }

  private void read(CatalogRow row) {
    if (row.required(0).equals("-1")) {
      horizon = Horizon.of(row.required(2), row.number(1) != 0);
      return;
    }
    CatalogTable table = CatalogTable.values()[row.number(0)];
    Map<Long, Integer> rows = new HashMap<>();
    String list = row.text(2);
    if (list != null) {
      for (String each : list.split(",")) {
        int space = each.indexOf(' ');
        rows.put(
            Long.parseLong(each.substring(0, space)),
            Integer.parseUnsignedInt(each.substring(space + 1)));
      }
    }
    written.put(table, rows);
    rows.values().forEach(owner -> add(table, owner));
    if (table.counted()) {
      counts.put(table, row.number(1));
    }
  }

  private void add(CatalogTable table, int owner) {
    owners.getOrDefault(table.owner(), Set.of()).add(owner);
    table.facets().forEach(facet -> facets.getOrDefault(facet, Set.of()).add(owner));
  }

  private void compare(
      CatalogTable table, int count, CatalogRows known, Map<CatalogTable, Set<Long>> fewer) {
    Map<Long, Integer> rows = written.getOrDefault(table, Map.of());
    rows.keySet().forEach(key -> known.owner(table, key).ifPresent(earlier -> add(table, earlier)));
    if (known.countWith(table, rows.keySet()) != count) {
      fewer.put(table, rows.keySet());
    }
  }

  /** Up to where a snapshot goes that these changes were added to. */
  Horizon horizon() {
    return horizon;
  }

  /** The OIDs of what has to be read anew. */
  Set<Integer> owners(CatalogTable.Owner kind) {
    return Set.copyOf(owners.getOrDefault(kind, Set.of()));
  }

  /** The OIDs of the relations of which that part has to be read anew. */
  Set<Integer> relations(RelationFacet facet) {
    return Set.copyOf(facets.getOrDefault(facet, Set.of()));
  }

  /** The known rows, brought up to date. */
  CatalogRows appliedTo(CatalogRows known) {
    Map<CatalogTable, Set<Long>> lost = new EnumMap<>(CatalogTable.class);
    gone.forEach((table, rows) -> lost.put(table, rows.keySet()));
    Map<CatalogTable, Map<Long, Integer>> counted = new EnumMap<>(CatalogTable.class);
    written.forEach(
        (table, rows) -> {
          if (table.counted()) {
            counted.put(table, rows);
          }
        });
    return known.with(lost, counted);
  }
}
