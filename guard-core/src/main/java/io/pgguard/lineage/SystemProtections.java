package io.pgguard.lineage;

import java.util.Map;
import java.util.Set;

/**
 * Columns of PostgreSQL's own relations that hold values of other columns, statements of others, or
 * secrets (PostgreSQL documentation, chapters "System Catalogs" and "System Views").
 */
final class SystemProtections {
  private static final Set<String> VALUES =
      Set.of("most_common_vals", "histogram_bounds", "most_common_elems", "range_bounds_histogram");

  /** Samples of the values of tables: worth protecting once any column is. */
  static final Map<String, Set<String>> STATISTICS =
      Map.of(
          "pg_statistic",
          Set.of("stavalues1", "stavalues2", "stavalues3", "stavalues4", "stavalues5"),
          "pg_stats",
          VALUES,
          "pg_stats_ext",
          VALUES,
          "pg_stats_ext_exprs",
          VALUES,
          "pg_statistic_ext_data",
          Set.of("stxdmcv", "stxdexpr"),
          "pg_largeobject",
          Set.of("data"));

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
