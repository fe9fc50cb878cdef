package io.pgguard.reach;

import io.pgguard.wording.ReachWording;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable and stable functions that are refused all the same: they run SQL text, read whole
 * relations, or show what other sessions or files hold.
 */
final class RefusedFunctions {
  private static final Set<String> RUN_TEXT =
      Set.of(
          ("connectby crosstab crosstab2 crosstab3 crosstab4 cursor_to_xml cursor_to_xmlschema"
                  + " database_to_xml database_to_xml_and_xmlschema database_to_xmlschema"
                  + " query_to_xml query_to_xml_and_xmlschema query_to_xmlschema schema_to_xml"
                  + " schema_to_xml_and_xmlschema schema_to_xmlschema table_to_xml"
                  + " table_to_xml_and_xmlschema table_to_xmlschema ts_rewrite ts_stat xpath_table"
                  + " xslt_process")
              .split(" "));

  private static final Set<String> SHOW_OTHERS =
      Set.of(
          ("pg_cursor pg_hba_file_rules pg_ident_file_mappings pg_ls_archive_statusdir pg_ls_dir"
                  + " pg_ls_logdir pg_ls_tmpdir pg_ls_waldir pg_prepared_statement"
                  + " pg_read_binary_file pg_read_file pg_show_all_file_settings"
                  + " pg_stat_get_activity pg_stat_get_backend_activity"
                  + " pg_stat_get_subscription pg_stat_get_wal_receiver pg_stat_statements")
              .split(" "));

  private static final Map<ReachWording, Set<String>> WHY =
      Map.of(
          ReachWording.RUNS_TEXT_OR_READS, RUN_TEXT,
          ReachWording.SHOWS_OTHERS, SHOW_OTHERS);

  private RefusedFunctions() {}

  /** Whether a function runs SQL text, or views that somebody else made. */
  static boolean runsText(String name) {
    return RUN_TEXT.contains(name);
  }

  /** Why a function of that name is refused; null when it is not. */
  static @Nullable ReachWording reason(String name) {
    for (Map.Entry<ReachWording, Set<String>> why : WHY.entrySet()) {
      if (why.getValue().contains(name)) {
        return why.getKey();
      }
    }
    return null;
  }
}
