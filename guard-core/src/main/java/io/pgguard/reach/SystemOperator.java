package io.pgguard.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of PostgreSQL's own operators, types by the names of {@code pg_type}. Immutable.
 *
 * @param left null for a prefix operator
 * @param function the name of the function behind it
 */
record SystemOperator(@Nullable String left, String right, String result, String function) {
  private static final Map<String, List<SystemOperator>> BY_SYMBOL = read();

  /** Those of a symbol, as the file {@code operators.txt} has them. */
  static List<SystemOperator> of(String symbol) {
    return BY_SYMBOL.getOrDefault(symbol, List.of());
  }

  private static Map<String, List<SystemOperator>> read() {
    Map<String, List<SystemOperator>> all = new HashMap<>();
    for (String line : DataFile.lines("operators.txt")) {
      String[] words = line.split(" ");
      String left = words[2].equals("-") ? null : words[2];
      all.computeIfAbsent(words[1], symbol -> new ArrayList<>())
          .add(new SystemOperator(left, words[3], words[4], words[5]));
    }
    return Map.copyOf(all);
  }
}
