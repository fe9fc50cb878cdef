package io.pgguard.reach;

import java.util.Set;

/**
 * Volatile functions that change nothing and read nothing of value, chosen by reading every
 * volatile function of PostgreSQL 18's {@code pg_catalog}: clocks, chance, sizes, states, giving
 * back locks. Not here and so refused: files, large objects, taking locks, sleeping, signals,
 * statistics resets, replication, write-ahead log, settings, sequences that move; and
 * current_query, which gives another answer when Guard asks about a statement before it runs.
 */
public final class VolatileFunctions {
  /** Of {@code pg_catalog}. */
  public static final Set<String> HARMLESS =
      Set.of(
          ("array_sample array_shuffle clock_timestamp currval gen_random_uuid lastval"
                  + " pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared"
                  + " pg_blocking_pids pg_collation_actual_version"
                  + " pg_database_collation_actual_version pg_database_size pg_get_wait_events"
                  + " pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused pg_jit_available"
                  + " pg_last_wal_receive_lsn pg_last_wal_replay_lsn"
                  + " pg_last_xact_replay_timestamp pg_notification_queue_usage"
                  + " pg_partition_ancestors pg_partition_tree pg_relation_size"
                  + " pg_safe_snapshot_blocking_pids pg_sequence_last_value pg_stat_get_io"
                  + " pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit"
                  + " pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted"
                  + " pg_stat_get_xact_tuples_fetched pg_stat_get_xact_tuples_inserted"
                  + " pg_stat_get_xact_tuples_returned pg_stat_get_xact_tuples_updated"
                  + " pg_stat_have_stats pg_table_size pg_tablespace_size pg_total_relation_size"
                  + " pg_xact_commit_timestamp pg_xact_status random random_normal timeofday"
                  + " txid_status uuidv4 uuidv7")
              .split(" "));

  /** Of the extensions that come with PostgreSQL; also stable ones. */
  static final Set<String> OF_EXTENSIONS =
      Set.of(
          ("citextrecv citextsend fips_mode gen_random_bytes gen_random_uuid gen_salt normal_rand"
                  + " pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea"
                  + " show_limit similarity_op strict_word_similarity_commutator_op"
                  + " strict_word_similarity_op unaccent uuid_generate_v1 uuid_generate_v1mc"
                  + " uuid_generate_v4 word_similarity_commutator_op word_similarity_op")
              .split(" "));

  /**
   * Of {@code pg_catalog}, in code that belongs to a relation or a type, or in a trigger: whoever
   * attached it meant it to run, and it tells nothing.
   */
  static final Set<String> USUAL =
      Set.of(
          "nextval",
          "setval",
          "pg_advisory_xact_lock",
          "pg_advisory_xact_lock_shared",
          "pg_try_advisory_xact_lock",
          "pg_try_advisory_xact_lock_shared");

  private VolatileFunctions() {}
}
