package io.pgguard.lineage;

import java.util.Map;
import java.util.Set;

/**
 * Columns of PostgreSQL's own relations that hold values of other columns, statements of others, or
 * secrets (PostgreSQL documentation, chapters "System Catalogs" and "System Views").
 */
final class SystemProtections {
  private static final String NUMBERS =
      "null_frac avg_width n_distinct most_common_freqs correlation elem_count_histogram"
          + " most_common_elem_freqs range_length_histogram range_empty_frac";

  private static final String VALUES =
      "most_common_vals histogram_bounds most_common_elems range_bounds_histogram";

  private static final String KEPT =
      "stanullfrac stawidth stadistinct stakind1 stakind2 stakind3 stakind4 stakind5"
          + " staop1 staop2 staop3 staop4 staop5 stacoll1 stacoll2 stacoll3 stacoll4 stacoll5"
          + " stanumbers1 stanumbers2 stanumbers3 stanumbers4 stanumbers5"
          + " stavalues1 stavalues2 stavalues3 stavalues4 stavalues5";

  /** Samples and figures of the values of tables: worth protecting once any column is. */
  static final Map<String, Set<String>> STATISTICS =
      Map.of(
          "pg_statistic",
          words(KEPT),
          "pg_stats",
          words(NUMBERS + " " + VALUES),
          "pg_stats_ext",
          words(
              VALUES
                  + " n_distinct dependencies most_common_val_nulls most_common_freqs"
                  + " most_common_base_freqs"),
          "pg_stats_ext_exprs",
          words(NUMBERS + " " + VALUES),
          "pg_statistic_ext_data",
          words("stxdndistinct stxddependencies stxdmcv stxdexpr"),
          "pg_largeobject",
          Set.of("data"));

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  /** Statements of others, which hold values in their text. */
  static final Map<String, Set<String>> STATEMENTS =
      Map.of(
          "pg_stat_activity", Set.of("query"),
          "pg_stat_statements", Set.of("query"),
          "pg_prepared_statements", Set.of("statement"),
          "pg_cursors", Set.of("statement"));

  /** Secrets, whatever the policy says. */
  static final Map<String, Set<String>> SECRETS =
      Map.of(
          "pg_authid", Set.of("rolpassword"),
          "pg_shadow", Set.of("passwd"),
          "pg_user_mapping", Set.of("umoptions"),
          "pg_user_mappings", Set.of("umoptions"),
          "_pg_user_mappings", Set.of("umoptions"),
          "user_mapping_options", Set.of("option_value"),
          "pg_subscription", Set.of("subconninfo"),
          "pg_hba_file_rules", Set.of("options"),
          "pg_file_settings", Set.of("setting"));

  private SystemProtections() {}
}
