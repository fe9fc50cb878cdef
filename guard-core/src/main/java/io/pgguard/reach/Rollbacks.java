package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.Set;

/**
 * Whether a rollback undoes all that a function does, or leaves nothing that anyone would miss:
 * only then can a statement that calls it be tried first. Stateless and thread-safe.
 */
public final class Rollbacks {
  /** Volatile functions of PostgreSQL itself whose effect nobody misses when it stays or goes. */
  private static final Set<String> PASSING = Set.of("nextval", "current_query");

  /**
   * In code that somebody attached or wrote: what a transaction's end takes back with it (settings,
   * notifications, locks of the transaction), and waiting.
   */
  private static final Set<String> OF_TRANSACTION =
      Set.of("set_config", "pg_notify", "pg_sleep", "pg_sleep_for", "pg_sleep_until");

  /** Triggers of PostgreSQL's own extensions that change nothing but the row at hand. */
  private static final Set<String> OF_ROW = Set.of("autoinc", "insert_username", "moddatetime");

  /** Languages whose functions can reach nothing but the database itself. */
  private static final Set<String> TRUSTED =
      Set.of("sql", "plpgsql", "plperl", "pltcl", "plv8", "plrust");

  private Rollbacks() {}

  /**
   * Whether they do.
   *
   * @param inCode whether the function runs because somebody attached it, or wrote it into another
   */
  public static boolean undo(Function function, boolean inCode) {
    String name = function.name();
    if (function.volatility() != Function.Volatility.VOLATILE) {
      return true;
    }
    if (function.builtIn()) {
      return PASSING.contains(name)
          || VolatileFunctions.HARMLESS.contains(name)
          || inCode && (VolatileFunctions.USUAL.contains(name) || OF_TRANSACTION.contains(name));
    }
    return TRUSTED.contains(function.language())
        || function.extension() != null
            && (VolatileFunctions.OF_EXTENSIONS.contains(name) || OF_ROW.contains(name));
  }
}
