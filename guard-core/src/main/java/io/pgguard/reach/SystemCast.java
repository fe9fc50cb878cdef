package io.pgguard.reach;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of PostgreSQL's own casts. Immutable.
 *
 * @param implicit whether it happens where no text asks for it
 * @param how its function as {@link TotalFunctions} writes it, {@code =} for the same bytes, {@code
 *     ~} by way of text
 */
record SystemCast(boolean implicit, String how) {
  private static final Map<String, SystemCast> BY_TYPES = read();

  /** The cast between two types by their names, as the file {@code casts.txt} has it; or null. */
  static @Nullable SystemCast of(String source, String target) {
    return BY_TYPES.get(source + " " + target);
  }

  private static Map<String, SystemCast> read() {
    Map<String, SystemCast> all = new HashMap<>();
    for (String line : DataFile.lines("casts.txt")) {
      String[] words = line.split(" ", 4);
      all.put(words[0] + " " + words[1], new SystemCast(words[2].equals("i"), words[3]));
    }
    return Map.copyOf(all);
  }
}
