package io.pgguard.figures;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many rows the session has added, changed and removed so far, by its own counters (PostgreSQL
 * documentation, "The Cumulative Statistics System"): what is undone to a savepoint counts as well,
 * and a row that moves to another partition counts as removed and added. Immutable.
 *
 * @param files the sum of the numbers of the files that hold the tables: TRUNCATE, DROP and what
 *     writes a table anew counts no rows and changes these; 0 where none was asked for
 */
record Counters(long inserted, long updated, long deleted, long files) {
  private static final String SELECTED =
      "SELECT pg_catalog.current_setting('track_counts'),"
          + " pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_inserted(o)),"
          + " pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_updated(o)),"
          + " pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(o)), %s FROM ";

  /**
   * Of tables that were there before this transaction, temporary ones of the session among them:
   * their row types are older than it. A function may empty one that it made.
   */
  private static final String FILES =
      "(SELECT pg_catalog.sum(c.relfilenode::pg_catalog.int8) FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) c.reltype"
          + " WHERE c.relkind = 'r' AND (c.relpersistence <> 't'"
          + " OR c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())"
          + " AND c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid"
          + " AND pg_catalog.age(y.xmin) OPERATOR(pg_catalog.>) 0)";

  /** Every table that did not come with the server, the session's own temporary ones among them. */
  private static final String EVERYWHERE =
      SELECTED.formatted(FILES)
          + "(SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid OPERATOR(pg_catalog.>=)"
          + " 16384::pg_catalog.oid) AS guard_relations (o)";

  /** The question for these relations; for all where there is no set. */
  static String question(@Nullable Set<Integer> relations) {
    if (relations == null) {
      return EVERYWHERE;
    }
    String oids =
        new TreeSet<>(relations)
            .stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
    return SELECTED.formatted("0")
        + "pg_catalog.unnest('{"
        + oids
        + "}'::pg_catalog.oid[]) AS guard_relations (o)";
  }

  /** The answer to {@link #question}; null where the server does not count. */
  static @Nullable Counters of(List<@Nullable String> row) {
    if (row.size() != 5 || !"on".equals(row.get(0))) {
      return null;
    }
    return new Counters(
        number(row.get(1)), number(row.get(2)), number(row.get(3)), number(row.get(4)));
  }

  private static long number(@Nullable String value) {
    return value == null ? 0 : Long.parseLong(value);
  }

  /**
   * What was done since; null where the counters went back or tables were emptied, so that nobody
   * can tell.
   */
  @Nullable Counters since(Counters before) {
    long more = inserted - before.inserted;
    long changed = updated - before.updated;
    long gone = deleted - before.deleted;
    boolean back = more < 0 || changed < 0 || gone < 0;
    return back || files != before.files ? null : new Counters(more, changed, gone, 0);
  }

  long rows() {
    return inserted + updated + deleted;
  }
}
