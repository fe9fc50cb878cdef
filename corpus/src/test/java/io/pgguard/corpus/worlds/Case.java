package io.pgguard.corpus.worlds;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is run in every world: texts one after the other on one connection.
 *
 * @param number with the seed, tells the case again
 * @param kind how tables of results call it
 * @param texts what is sent, in order; what is set or begun is undone by the last
 * @param main which of the texts counts
 * @param ordered whether the order of rows was asked for
 */
record Case(long number, String kind, List<Part> texts, int main, boolean ordered) {
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b(p_\\w+|ssn|email|phone|token|salary|bonus|born|secret|code|amount|during|number|twice|reading|level|late_secret|[a-z]\\.(k|at|ps?|b)|TABLE \\w+|COPY \\w+|people|total|ssn_of|defaulted|gathered|opened|secret_box|guess|pg_stat\\w*|part_\\w+|listed_\\w+)\\b|###|SELECT (a\\.)?\\*|\\ba\\)");

  private static final Set<String> STEPPED =
      Set.of("prepare", "cursor", "temporary", "late", "ddl", "found");

  Case {
    texts = List.copyOf(texts);
  }

  List<String> sql() {
    return texts.stream().map(Part::sql).toList();
  }

  /** Tells its texts from others' by all but chance. */
  long fingerprint() {
    long hash = kind.hashCode();
    for (String text : sql()) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ '\n') * 0x100000001b3L;
    }
    return hash;
  }

  Case with(List<Part> others) {
    return new Case(number, kind, others, main, ordered);
  }

  /** Whether a text may be sent only after the answer to the one before. */
  boolean inSteps() {
    return STEPPED.contains(kind) || texts.stream().anyMatch(t -> t.sql().startsWith(Lane.OTHER));
  }

  /** Whether it reads, or may read, something protected. */
  boolean readsSecret() {
    return sql().stream().anyMatch(text -> SECRET.matcher(text).find());
  }

  @Override
  public String toString() {
    return "#" + number + " " + kind + ": " + String.join(" ;; ", sql());
  }
}
