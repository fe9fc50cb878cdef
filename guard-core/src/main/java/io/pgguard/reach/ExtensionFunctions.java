package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the functions of extensions that their own words do not tell (volatility and
 * language). Stateless and thread-safe.
 */
public final class ExtensionFunctions {
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int OID = 26;
  private static final int INTERNAL = 2281;

  /** What estimators take (PostgreSQL documentation, "Operator Optimization Information"). */
  private static final Set<List<Integer>> ESTIMATORS =
      Set.of(
          List.of(INTERNAL, OID, INTERNAL, INT4), List.of(INTERNAL, OID, INTERNAL, INT2, INTERNAL));

  private static final Map<String, Set<String>> JUDGED = read();

  private ExtensionFunctions() {}

  /** The names of an extension's functions that were judged harmless, though not immutable. */
  public static Map<String, Set<String>> judged() {
    return JUDGED;
  }

  static boolean judgedHarmless(Function function) {
    String extension = function.extension();
    return extension != null && JUDGED.getOrDefault(extension, Set.of()).contains(function.name());
  }

  /**
   * Whether the planner alone can call it, to guess how many rows a condition leaves: no text can
   * give a value of the type internal. It reads statistics, and no result depends on it.
   */
  static boolean estimates(Function function) {
    return function.language().equals("c") && ESTIMATORS.contains(function.argumentTypes());
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> all = new HashMap<>();
    for (String line : DataFile.lines("extension-functions.txt")) {
      String[] words = line.split(" ");
      all.put(words[0], Set.copyOf(Arrays.asList(words).subList(2, words.length)));
    }
    return Map.copyOf(all);
  }
}
