package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import java.util.Map;
import java.util.Set;

/**
 * Columns of PostgreSQL's own relations that tell how large something stored is, or what it took to
 * read and write it: they depend on the lengths of values, on what statistics of values make the
 * planner choose, and on which rows are kept where. In views of statistics that is every number and
 * place in the log but for those named here (PostgreSQL documentation, "The Cumulative Statistics
 * System").
 */
final class SystemFigures {
  private static final int INT8 = 20;
  private static final int NUMERIC = 1700;
  private static final int PG_LSN = 3220;
  private static final Set<Integer> FIGURES = Set.of(INT8, NUMERIC, PG_LSN);

  private static final Map<String, Set<String>> NAMED =
      Map.of(
          "pg_class", words("relpages reltuples relallvisible relallfrozen"),
          "pg_stat_autovacuum_scores",
              words(
                  "score xid_score mxid_score vacuum_score vacuum_insert_score analyze_score"
                      + " do_vacuum do_analyze for_wraparound"));

  /** Relations beside the views of statistics whose numbers are figures. */
  private static final Set<String> BESIDE =
      words(
          "pg_replication_slots pg_replication_origin_status pg_backend_memory_contexts"
              + " pg_shmem_allocations pg_shmem_allocations_numa pg_dsm_registry_allocations"
              + " pg_subscription_rel");

  /** What was asked for, by whom: the same whatever values are stored. */
  private static final Set<String> OPEN =
      words(
          "vacuum_count analyze_count xact_commit xact_rollback conflicts deadlocks sessions"
              + " sessions_abandoned sessions_fatal sessions_killed calls plans query_id queryid"
              + " checksum_failures confl_tablespace confl_lock confl_snapshot confl_bufferpin"
              + " confl_deadlock confl_active_logicalslot apply_error_count sync_error_count"
              + " sync_seq_error_count sync_table_error_count confl_update_deleted waits"
              + " failed_count");

  /** Rows written; TOAST tables, of which they tell lengths, are not among users' tables. */
  private static final Set<String> ROWS = words("n_tup_ins n_tup_upd n_tup_del");

  private static final Set<String> WITHOUT_TOAST =
      Set.of("pg_stat_user_tables", "pg_stat_xact_user_tables");

  /** Whether and when the server did something that sizes and estimates decide about. */
  private static final Set<String> TIMES =
      words(
          "last_autovacuum last_autoanalyze last_seq_scan last_idx_scan last_archived_wal"
              + " last_failed_wal");

  private SystemFigures() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  /** Whether a relation of the system is one of those. */
  static boolean isListed(Relation relation) {
    String name = relation.name();
    return NAMED.containsKey(name)
        || BESIDE.contains(name)
        || name.startsWith("pg_stat_")
        || name.startsWith("pg_statio_")
        || name.startsWith("pg_buffercache");
  }

  /** Whether a column tells only how many rows statements wrote to a table. */
  static boolean countsRows(Relation relation, Column column) {
    return relation.schema().equals("pg_catalog")
        && WITHOUT_TOAST.contains(relation.name())
        && ROWS.contains(column.name());
  }

  /** Whether a column of such a relation tells. */
  static boolean tells(Relation relation, Column column) {
    String name = relation.name();
    if (name.startsWith("pg_buffercache")) {
      return true; // a row for each page
    }
    Set<String> named = NAMED.get(name);
    if (named != null) {
      return named.contains(column.name());
    }
    boolean figure = FIGURES.contains(column.typeOid()) && !OPEN.contains(column.name());
    return (figure && !countsRows(relation, column)) || TIMES.contains(column.name());
  }
}
