package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.wording.ReachWording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which settings a session may change (PostgreSQL documentation, "Server Configuration"). What is
 * not listed is refused: a setting can change who the statements run as, how texts are read, what
 * names mean, and what a session leaves in logs.
 */
public final class SafeSettings {
  private static final String MULTIPLIER = "hash_mem_multiplier";

  /** What one sort, hash or index build may take. */
  private static final Set<String> MEMORY_OF_ONE = Set.of("work_mem", "maintenance_work_mem");

  private static final Set<String> SAFE =
      Set.of(
          "application_name",
          "statement_timeout",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "transaction_timeout",
          "timezone",
          "time zone",
          "datestyle",
          "intervalstyle",
          "extra_float_digits",
          "bytea_output",
          "xmlbinary",
          "xmloption",
          "lc_monetary",
          "lc_numeric",
          "lc_time",
          "default_text_search_config",
          "default_statistics_target",
          "effective_cache_size",
          "cursor_tuple_fraction",
          "constraint_exclusion",
          "from_collapse_limit",
          "join_collapse_limit",
          "plan_cache_mode",
          "random_page_cost",
          "seq_page_cost",
          "cpu_tuple_cost",
          "cpu_index_tuple_cost",
          "cpu_operator_cost",
          "parallel_setup_cost",
          "parallel_tuple_cost",
          "min_parallel_table_scan_size",
          "min_parallel_index_scan_size",
          "max_parallel_workers_per_gather",
          "effective_io_concurrency",
          "synchronize_seqscans",
          "restrict_nonsystem_relation_kind",
          "password_encryption",
          "scram_iterations",
          "wal_skip_threshold",
          "quote_all_identifiers",
          "gin_fuzzy_search_limit",
          "default_transaction", // SET SESSION CHARACTERISTICS AS TRANSACTION
          "default_transaction_isolation",
          "default_transaction_deferrable",
          "transaction_isolation",
          "transaction_read_only",
          "transaction_deferrable",
          "tcp_keepalives_idle",
          "tcp_keepalives_interval",
          "tcp_keepalives_count",
          "tcp_user_timeout",
          "client_connection_check_interval",
          "geqo",
          "geqo_threshold",
          "geqo_effort",
          "geqo_seed",
          "check_function_bodies",
          "default_table_access_method",
          "default_tablespace",
          "synchronous_commit",
          "parallel_leader_participation",
          "max_parallel_workers",
          "max_parallel_maintenance_workers",
          "vacuum_cost_delay",
          "vacuum_cost_limit",
          "vacuum_cost_page_dirty",
          "vacuum_cost_page_hit",
          "vacuum_cost_page_miss",
          "vacuum_buffer_usage_limit",
          "stats_fetch_consistency",
          "default_toast_compression",
          "icu_validation_level",
          "array_nulls");

  private static final Set<String> QUIET_MESSAGES = Set.of("notice", "warning", "error");
  private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");

  /** A session that was made read-only stays so; one transaction may still say READ WRITE. */
  private static final String READ_ONLY = "default_transaction_read_only";

  private static final double MOST_MEMORY_KB = 1024 * 1024;
  private static final double MOST_MULTIPLIER = 8;

  /** A number with a unit of memory; kilobytes without one. */
  private static final Pattern MEMORY =
      Pattern.compile("\\s*\\+?(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*(B|kB|MB|GB|TB|)\\s*");

  private SafeSettings() {}

  /**
   * Why a setting may not be set to a value, or empty when it may.
   *
   * @param name the setting, in any case
   * @param values the constants it is set to; empty for RESET and SET TO DEFAULT
   * @param constant whether the values are known: a setting by parameter or expression is not
   */
  public static Optional<String> refuse(
      String name, List<String> values, boolean constant, Catalog catalog) {
    String setting = name.toLowerCase(Locale.ROOT);
    if (setting.equals("search_path")) {
      return constant
          ? searchPath(values, catalog)
          : Optional.of(ReachWording.PATH_NOT_CONSTANT.words());
    }
    if (setting.equals("role") && constant && values.isEmpty()) {
      return Optional.empty(); // back to the role that the connection began with
    }
    if (setting.equals("client_min_messages")) {
      return among(setting, values, constant, QUIET_MESSAGES);
    }
    if (setting.equals("client_encoding") || setting.equals("names")) {
      return among(setting, values, constant, UTF8);
    }
    if (setting.equals("standard_conforming_strings")
        || setting.equals("row_security")
        || setting.equals(READ_ONLY)) {
      return among(setting, values, constant, ON);
    }
    if (setting.equals("jit_dump_bitcode")) {
      return Optional.of(ReachWording.SETTING_WRITES_FILES.words(setting));
    }
    if (MEMORY_OF_ONE.contains(setting) || setting.equals(MULTIPLIER)) {
      return memory(setting, values, constant);
    }
    if (setting.startsWith("guard.") && !(constant && values.isEmpty())) {
      return Optional.of(ReachWording.SETTING_SAYS_WHO.words(setting));
    }
    if (setting.indexOf('.') >= 0) {
      return constant && values.isEmpty() // back to what the connection began with
          ? Optional.empty()
          : ReadSettings.custom(setting, catalog);
    }
    Optional<String> policy = ReadSettings.byPolicies(setting, catalog);
    if (policy.isPresent() && !(constant && values.isEmpty())) {
      return policy;
    }
    if (SAFE.contains(setting) || setting.startsWith("enable_") || setting.startsWith("jit")) {
      return Optional.empty();
    }
    return Optional.of(ReachWording.SETTING_NOT_LISTED.words(setting));
  }

  private static Optional<String> among(
      String setting, List<String> values, boolean constant, Set<String> allowed) {
    boolean fine =
        constant && values.stream().allMatch(v -> allowed.contains(v.toLowerCase(Locale.ROOT)));
    return fine
        ? Optional.empty()
        : Optional.of(ReachWording.SETTING_AMONG.words(setting, allowed));
  }

  /** One sort or hash may take so much: more would let one statement take the whole server's. */
  private static Optional<String> memory(String setting, List<String> values, boolean constant) {
    boolean times = setting.equals(MULTIPLIER);
    double most = times ? MOST_MULTIPLIER : MOST_MEMORY_KB;
    for (String value : values) {
      constant &= kilobytes(value) <= most; // what is no number compares as false
    }
    return constant
        ? Optional.empty()
        : Optional.of(ReachWording.SETTING_AT_MOST.words(setting, times ? "8" : "1GB"));
  }

  private static double kilobytes(String value) {
    Matcher read = MEMORY.matcher(value);
    if (!read.matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(read.group(1));
    return switch (read.group(2)) {
      case "B" -> number / 1024;
      case "MB" -> number * 1024;
      case "GB" -> number * 1024 * 1024;
      case "TB" -> number * 1024 * 1024 * 1024;
      default -> number;
    };
  }

  /**
   * A schema before pg_catalog may hold what hides {@code lower()} or {@code +}; a path that does
   * not name pg_catalog searches it first. What comes into such a schema later is looked for when a
   * statement is judged.
   */
  private static Optional<String> searchPath(List<String> schemas, Catalog catalog) {
    if (schemas.stream().anyMatch(s -> s.startsWith("pg_temp") || s.startsWith("pg_toast_temp"))) {
      return Optional.of(ReachWording.PATH_TEMPORARY.words());
    }
    int system = schemas.indexOf("pg_catalog");
    return system <= 0
        ? Optional.empty()
        : Hidden.by(schemas.subList(0, system), catalog)
            .map(ReachWording.PATH_BEFORE_SYSTEM::words);
  }
}
