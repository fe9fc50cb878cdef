package io.pgguard.memory;

import io.pgguard.statement.SettingFacts;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a session that could make a text do something else, as far as the session moved
 * them or the server reports them. What cannot be followed becomes a value that no other session
 * and no other moment has. Used by the session's thread.
 */
public final class SessionSettings {
  /**
   * How fast, how long, how it is planned, what is told and logged: a text does the same whatever
   * these are (PostgreSQL documentation, "Server Configuration"). The search path is told
   * elsewhere.
   */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "application_name",
          "search_path",
          "statement_timeout",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "transaction_timeout",
          "client_min_messages",
          "client_encoding",
          "names",
          "standard_conforming_strings",
          "work_mem",
          "hash_mem_multiplier",
          "effective_cache_size",
          "effective_io_concurrency",
          "plan_cache_mode",
          "constraint_exclusion",
          "cursor_tuple_fraction",
          "default_statistics_target",
          "from_collapse_limit",
          "join_collapse_limit",
          "min_parallel_table_scan_size",
          "min_parallel_index_scan_size",
          "max_parallel_workers_per_gather",
          "synchronous_commit",
          "client_connection_check_interval");

  private static final Set<String> REPORTED =
      Set.of("timezone", "datestyle", "intervalstyle", "default_transaction_read_only");

  private static final String UNFOLLOWED = "?";

  private final String unique;
  private final Map<String, String> reported = new TreeMap<>();
  private final Map<String, String> kept = new TreeMap<>();
  private final Map<String, String> moved = new TreeMap<>();
  private final Map<String, String> local = new TreeMap<>();

  /** All of it, until something changes. */
  private @Nullable String text;

  private long count;

  /**
   * @param unique what no other session is called
   */
  public SessionSettings(String unique) {
    this.unique = unique;
  }

  private SessionSettings(SessionSettings other) {
    this(other.unique);
    reported.putAll(other.reported);
    kept.putAll(other.kept);
    moved.putAll(other.moved);
    local.putAll(other.local);
    count = other.count;
  }

  /** The same, to see what other statements would make of it. */
  public SessionSettings copy() {
    return new SessionSettings(this);
  }

  /** Whether a setting could make a text do something else. */
  public static boolean matters(String name) {
    String setting = name.toLowerCase(Locale.ROOT);
    return !WITHOUT_MEANING.contains(setting)
        && !setting.startsWith("enable_")
        && !setting.startsWith("jit")
        && !setting.startsWith("geqo")
        && !setting.startsWith("tcp_")
        && !setting.startsWith("parallel_")
        && !setting.startsWith("transaction_")
        && !setting.endsWith("_cost");
  }

  /** The server reported a value: it holds when the server is next ready. */
  public void reported(String name, String value) {
    String setting = name.toLowerCase(Locale.ROOT);
    if (REPORTED.contains(setting)) {
      text = null;
      reported.put(setting, value);
    }
  }

  /** SET or RESET was completed. */
  public void completed(SettingFacts setting) {
    if (setting.action() == SettingFacts.Action.SHOW) {
      return;
    }
    text = null;
    if (setting.name().equals("all")) {
      moved.replaceAll((name, value) -> "");
      kept.keySet().forEach(name -> moved.put(name, ""));
    } else if (matters(setting.name())) {
      String value = String.join(",", setting.values());
      (setting.local() ? local : moved)
          .put(setting.name(), value.isEmpty() ? "" : value.length() + ":" + value);
    }
  }

  /** Something was completed that may have moved any setting. */
  public void unfollowed() {
    text = null;
    moved.put(UNFOLLOWED, unique + ":" + ++count);
  }

  /** Definitions were changed that only the open transaction sees. */
  public void changedDefinitions() {
    text = null;
    local.put("definitions", unique + ":" + ++count);
  }

  /** ROLLBACK TO: nobody knows which of the settings since BEGIN were taken back. */
  public void rolledBackTo() {
    if (!moved.isEmpty() || !local.isEmpty()) {
      unfollowed();
    }
  }

  /** The server is ready: what it reported is what holds. */
  public void ready() {
    if (kept.isEmpty() && moved.isEmpty() && local.isEmpty()) {
      return;
    }
    text = null;
    REPORTED.forEach(kept::remove);
    REPORTED.forEach(moved::remove);
    REPORTED.forEach(local::remove);
  }

  /** The transaction ended. */
  public void transactionEnded(boolean undone) {
    if (moved.isEmpty() && local.isEmpty()) {
      return; // nor is anything empty in what is kept
    }
    text = null;
    if (!undone) {
      kept.putAll(moved);
      kept.values().removeIf(String::isEmpty);
    } else if (moved.containsKey(UNFOLLOWED)) {
      kept.put(UNFOLLOWED, unique + ":" + ++count);
    }
    moved.clear();
    local.clear();
  }

  /** DISCARD ALL. */
  public void discarded() {
    text = null;
    kept.clear();
    moved.clear();
    local.clear();
  }

  /** All of it as a stable text; the same object until something changes. */
  public String text() {
    String made = text;
    if (made == null) {
      Map<String, String> all = new TreeMap<>(reported);
      all.putAll(kept);
      all.putAll(moved);
      all.putAll(local);
      all.values().removeIf(String::isEmpty);
      made = all.toString();
      text = made;
    }
    return made;
  }
}
