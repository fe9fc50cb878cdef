package io.pgguard.corpus.worlds;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A case that tells the worlds apart.
 *
 * @param seed with the case's number, tells it again
 * @param difference what was seen
 * @param shrunk the smallest case that still differs
 */
record Finding(long seed, Case original, String difference, Case shrunk, String inference) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*|[-+*/<>=~!@#%^&|?]+");
  private static final Set<String> COMMON =
      Set.of("SELECT", "FROM", "a", "pg_catalog", "*", "AS", "x", "id", "NULL", "true");

  /** The same for cases that differ by constants and columns alone. */
  String signature() {
    String sql = String.join(" ;; ", shrunk.sql());
    return sql.replaceAll("'(?:[^']|'')*'", "'c'")
        .replaceAll("\\b\\d+\\b", "n")
        .replaceAll("\\b[a-z]\\.[a-z_0-9]+", "col")
        .replaceAll("(FROM|JOIN|UPDATE|INTO) \\w+", "$1 rel");
  }

  /** The words that make it what it is: names of functions and relations, and syntax. */
  Set<String> core() {
    return words(shrunk);
  }

  static Set<String> words(Case made) {
    Set<String> words = new HashSet<>();
    for (String text : made.sql()) {
      Matcher matcher = WORD.matcher(text.replaceAll("'(?:[^']|'')*'", ""));
      while (matcher.find()) {
        words.add(matcher.group());
      }
    }
    words.removeAll(COMMON);
    return words;
  }

  /** As one line. */
  String line() {
    return shrunk.kind()
        + " | "
        + String.join(" ;; ", shrunk.sql()).replace("pg_catalog.", "")
        + " | "
        + difference
        + " | "
        + inference
        + " (seed "
        + seed
        + " #"
        + original.number()
        + ")";
  }
}
