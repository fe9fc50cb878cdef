package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a failing statement shorter by leaving out runs of its words while it still fails. */
final class Shrinker {
  private static final Pattern WORD =
      Pattern.compile("'(?:[^']|'')*'|\\$\\$.*?\\$\\$|\"[^\"]*\"|\\w+|::|<>|[<>|&#@~!?-]+=?|\\S");
  private static final int MOST_TRIES = 600;

  private Shrinker() {}

  static String shrink(String sql, Predicate<String> fails) {
    List<String> words = new ArrayList<>();
    for (Matcher m = WORD.matcher(sql); m.find(); ) {
      words.add(m.group());
    }
    if (!fails.test(String.join(" ", words))) {
      return sql;
    }
    int tries = 0;
    for (int size = words.size() / 2; size >= 1; size = size == 1 ? 0 : Math.max(1, size * 2 / 3)) {
      for (int at = 0; at + size <= words.size() && tries < MOST_TRIES; ) {
        List<String> fewer = new ArrayList<>(words.subList(0, at));
        fewer.addAll(words.subList(at + size, words.size()));
        if (balanced(words.subList(at, at + size))) {
          tries++;
          if (fails.test(String.join(" ", fewer))) {
            words = fewer;
            continue;
          }
        }
        at++;
      }
    }
    return String.join(" ", words);
  }

  private static boolean balanced(List<String> words) {
    int depth = 0;
    for (String word : words) {
      depth +=
          word.equals("(") || word.equals("[") ? 1 : word.equals(")") || word.equals("]") ? -1 : 0;
      if (depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }
}
