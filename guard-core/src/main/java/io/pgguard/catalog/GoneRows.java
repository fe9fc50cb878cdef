package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Finds which rows of the server's catalog are no more, where there are fewer than there should be.
 * Of a large table the server first counts how many there are in each part, and only keys of the
 * parts that have lost some are sent, so that little goes over the wire however large it is.
 */
final class GoneRows {
  /** Up to so many keys all are sent. */
  private static final int FEW = 512;

  private static final int PARTS = 128;

  private GoneRows() {}

  /**
   * Asks in one round, and in one before where a table is large.
   *
   * @param fewer the tables that have lost rows, each with the keys of the rows that were written
   * @return the keys that are no more, each with its owner
   */
  static Map<CatalogTable, Map<Long, Integer>> find(
      CatalogRows known, Map<CatalogTable, Set<Long>> fewer, CatalogQueries queries) {
    Map<CatalogTable, Map<Long, Integer>> gone = new EnumMap<>(CatalogTable.class);
    if (fewer.isEmpty()) {
      return gone;
    }
    Map<CatalogTable, Set<Long>> parts = parts(known, fewer, queries);
    List<CatalogQuestion> questions = new ArrayList<>();
    for (CatalogTable table : fewer.keySet()) {
      Set<Long> some = parts.get(table);
      Map<Long, Integer> keys = known.keys(table);
      Map<Long, Integer> lost = new HashMap<>();
      gone.put(table, lost);
      questions.add(
          new CatalogQuestion(
              CatalogTable.SETS
                  + "SELECT known.key FROM pg_catalog.unnest({}::pg_catalog.int8[]) AS known(key)"
                  + " EXCEPT SELECT found.key FROM ("
                  + table.keys()
                  + ") AS found(key)",
              List.of(array(keys.keySet(), key -> some == null || some.contains(part(key)))),
              row -> {
                long key = Long.parseLong(row.required(0));
                lost.put(key, keys.getOrDefault(key, 0));
              }));
    }
    queries.ask(questions);
    return gone;
  }

  /** Which parts of large tables have lost rows. */
  private static Map<CatalogTable, Set<Long>> parts(
      CatalogRows known, Map<CatalogTable, Set<Long>> fewer, CatalogQueries queries) {
    Map<CatalogTable, Set<Long>> parts = new EnumMap<>(CatalogTable.class);
    List<CatalogQuestion> questions = new ArrayList<>();
    fewer.forEach(
        (table, written) -> {
          if (known.keys(table).size() > FEW) {
            Map<Long, Integer> expected = expected(known.keys(table).keySet(), written);
            Set<Long> differ = new HashSet<>(expected.keySet());
            parts.put(table, differ);
            questions.add(
                CatalogQuestion.of(
                    CatalogTable.SETS
                        + "SELECT found.key % "
                        + PARTS
                        + ", pg_catalog.count(*) FROM ("
                        + table.keys()
                        + ") AS found(key) GROUP BY 1",
                    row -> {
                      long part = Long.parseLong(row.required(0));
                      if (expected.getOrDefault(part, 0) == row.number(1)) {
                        differ.remove(part);
                      }
                    }));
          }
        });
    if (!questions.isEmpty()) {
      queries.ask(questions);
    }
    return parts;
  }

  /** How many rows each part would have if none had gone. */
  private static Map<Long, Integer> expected(Set<Long> known, Set<Long> written) {
    Map<Long, Integer> expected = new HashMap<>();
    known.forEach(key -> expected.merge(part(key), 1, Integer::sum));
    for (long key : written) {
      if (!known.contains(key)) {
        expected.merge(part(key), 1, Integer::sum);
      }
    }
    return expected;
  }

  private static long part(long key) {
    return key % PARTS;
  }

  private static String array(Set<Long> keys, LongPredicate which) {
    StringBuilder array = new StringBuilder("{");
    for (long key : keys) {
      if (which.test(key)) {
        array.append(array.length() == 1 ? "" : ",").append(key);
      }
    }
    return array.append('}').toString();
  }
}
