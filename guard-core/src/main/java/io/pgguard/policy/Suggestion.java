package io.pgguard.policy;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody probably meant. Stateless and thread-safe. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean `x`?}, or all valid words where none is near and they are few. */
  public static @Nullable String of(String word, Collection<String> valid) {
    String best = null;
    int bestDistance = Math.max(1, word.length() / 2) + 1;
    for (String one : valid) {
      int distance = distance(word.toLowerCase(Locale.ROOT), one.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = one;
        bestDistance = distance;
      }
    }
    if (best != null) {
      return "did you mean `" + best + "`?";
    }
    return valid.isEmpty() || valid.size() > 16
        ? null
        : "write one of: " + String.join(", ", valid);
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
