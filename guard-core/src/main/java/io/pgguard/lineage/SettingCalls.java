package io.pgguard.lineage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Calls of {@code set_config}: safe only for a constant name of a setting that may move. */
final class SettingCalls {
  private static final Set<String> MAY_MOVE =
      Set.of(
          ("application_name client_min_messages commit_delay cpu_index_tuple_cost"
                  + " cpu_operator_cost cpu_tuple_cost cursor_tuple_fraction datestyle"
                  + " debug_print_plan default_statistics_target default_transaction_deferrable"
                  + " default_transaction_isolation effective_cache_size"
                  + " effective_io_concurrency enable_bitmapscan enable_hashagg enable_hashjoin"
                  + " enable_indexonlyscan enable_indexscan enable_material enable_memoize"
                  + " enable_mergejoin enable_nestloop enable_parallel_append"
                  + " enable_parallel_hash enable_partition_pruning"
                  + " enable_partitionwise_aggregate enable_partitionwise_join enable_seqscan"
                  + " enable_sort enable_tidscan extra_float_digits from_collapse_limit geqo"
                  + " hash_mem_multiplier idle_in_transaction_session_timeout"
                  + " idle_session_timeout intervalstyle jit jit_above_cost"
                  + " jit_inline_above_cost jit_optimize_above_cost join_collapse_limit"
                  + " lc_monetary lc_numeric lc_time lock_timeout maintenance_work_mem"
                  + " max_parallel_workers_per_gather parallel_setup_cost parallel_tuple_cost"
                  + " plan_cache_mode quote_all_identifiers random_page_cost"
                  + " restrict_nonsystem_relation_kind row_security search_path seq_page_cost"
                  + " statement_timeout synchronize_seqscans temp_buffers timezone"
                  + " transaction_isolation transaction_timeout work_mem")
              .split(" "));

  private SettingCalls() {}

  static Safety judge(List<Optional<String>> constants) {
    String name = constants.isEmpty() ? null : constants.get(0).orElse(null);
    if (name == null) {
      return new Safety.Unsafe("set_config needs a constant name, so that Guard can judge it");
    }
    String setting = name.toLowerCase(Locale.ROOT);
    if (!MAY_MOVE.contains(setting)) {
      return new Safety.Unsafe("set_config may not move " + setting);
    }
    if (setting.equals("search_path")) {
      String value = constants.size() < 2 ? null : constants.get(1).orElse(null);
      if (value == null || !keepsSystemFirst(value)) {
        return new Safety.Unsafe(
            "set_config may move search_path only to a constant that leaves pg_catalog first");
      }
    }
    return Safety.SAFE;
  }

  /** Unless it is named, pg_catalog comes first by itself; pg_temp comes first unless named. */
  private static boolean keepsSystemFirst(String value) {
    String path = value.toLowerCase(Locale.ROOT).replace("\"", "").strip();
    return !path.contains("pg_temp") && path.lastIndexOf("pg_catalog") <= 0;
  }
}
