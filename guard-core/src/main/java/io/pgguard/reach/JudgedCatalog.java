package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of PostgreSQL's own catalog somebody has looked at: a later version's functions and columns
 * are not among it, and so are not called and not shown. The files {@code judged-functions.txt} and
 * {@code judged-columns.txt} have them, read once. Thread-safe: constants.
 */
public final class JudgedCatalog {
  private static final String CATALOG = "pg_catalog.";
  private static final Set<String> FUNCTIONS = Set.copyOf(DataFile.lines("judged-functions.txt"));
  private static final Map<String, Set<String>> COLUMNS = columns();

  private JudgedCatalog() {}

  private static Map<String, Set<String>> columns() {
    Map<String, Set<String>> all = new HashMap<>();
    for (String line : DataFile.lines("judged-columns.txt")) {
      int colon = line.indexOf(": ");
      all.put(
          line.substring(0, colon),
          new HashSet<>(List.of(line.substring(colon + 2).split(" ", -1))));
    }
    return Map.copyOf(all);
  }

  /** Whether a function of the system was judged, as of the kind and volatility that it has. */
  static boolean has(Function function) {
    return FUNCTIONS.contains(line(function));
  }

  /** The line that stands for a function. */
  static String line(Function function) {
    String signature = function.signature();
    char kind =
        switch (function.kind()) {
          case FUNCTION -> 'f';
          case PROCEDURE -> 'p';
          case AGGREGATE -> 'a';
          case WINDOW -> 'w';
        };
    char volatility =
        switch (function.volatility()) {
          case IMMUTABLE -> 'i';
          case STABLE -> 's';
          case VOLATILE -> 'v';
        };
    String name = signature.startsWith(CATALOG) ? signature.substring(CATALOG.length()) : signature;
    return name + " " + kind + volatility;
  }

  /** Whether a column of a relation in {@code pg_catalog} or {@code information_schema} was. */
  public static boolean hasColumn(String relation, String column) {
    return COLUMNS.getOrDefault(relation, Set.of()).contains(column);
  }
}
