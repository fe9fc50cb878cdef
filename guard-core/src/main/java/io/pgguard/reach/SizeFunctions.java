package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own functions that tell how large something stored is, or what it took to read and
 * write it: both depend on the lengths of values, and on the plans that statistics of values lead
 * to (PostgreSQL documentation, "Database Object Size Functions" and "The Cumulative Statistics
 * System"). All statistics tell but for those named here.
 */
public final class SizeFunctions {
  private static final Set<String> SIZES =
      Set.of("pg_relation_size", "pg_table_size", "pg_total_relation_size", "pg_indexes_size");

  private static final Set<String> OF_MORE =
      Set.of(
          "pg_database_size",
          "pg_tablespace_size",
          "pg_last_wal_receive_lsn",
          "pg_last_wal_replay_lsn",
          "pg_get_replication_slots",
          "pg_get_backend_memory_contexts",
          "pg_get_shmem_allocations",
          "pg_get_dsm_registry_allocations");

  /** Of one relation, by its OID; scans and blocks depend on others too, by plans of joins. */
  private static final Pattern OF_RELATION =
      Pattern.compile(
          "pg_stat_get_(xact_)?(tuples_(inserted|updated|deleted|hot_updated|newpage_updated)"
              + "|live_tuples|dead_tuples|mod_since_analyze|ins_since_vacuum|last_auto\\w+|auto\\w+_count)");

  /** How many rows were written: that is what the statements say, for all but TOAST tables. */
  private static final Pattern ROWS =
      Pattern.compile("pg_stat_get_(xact_)?tuples_(inserted|updated|deleted)");

  /** Times, and counts of what was asked for. */
  private static final Pattern OPEN =
      Pattern.compile(
          "pg_stat_get_((xact_)?function_\\w+|snapshot_timestamp|subscription_stats|\\w+_reset_time"
              + "|(last_)?(vacuum|analyze)_(count|time)|total_\\w+_time"
              + "|backend_(?!io$|wal$)\\w+|activity"
              + "|db_(numbackends|xact_\\w+|sessions\\w*|deadlocks|conflict_\\w+|checksum_\\w+"
              + "|\\w+_time))");

  private SizeFunctions() {}

  /** Whether a function of that name in {@code pg_catalog} tells sizes. */
  public static boolean tells(String name) {
    return SIZES.contains(name)
        || OF_MORE.contains(name)
        || (name.startsWith("pg_stat_get_") && !OPEN.matcher(name).matches());
  }

  /** Whether a function is one of those. */
  public static boolean isOurs(Function function) {
    return FunctionSafety.isSystem(function) && tells(function.name());
  }

  /** Whether its first argument is the relation that it tells about. */
  public static boolean isOfRelation(String name) {
    return SIZES.contains(name) || OF_RELATION.matcher(name).matches();
  }

  /** Whether it tells of a table only how many of its rows were written. */
  public static boolean countsRows(String name) {
    return ROWS.matcher(name).matches();
  }
}
