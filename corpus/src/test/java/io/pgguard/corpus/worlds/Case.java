package io.pgguard.corpus.worlds;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is run in every world: texts one after the other on one connection. Immutable. */
final class Case {
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b(p_\\w+|ssn|email|phone|token|salary|bonus|born|secret|code|amount|during|number|twice|reading|level|late_secret|[a-z]\\.(k|at|ps?|b)|TABLE \\w+|COPY \\w+|people|total|ssn_of|defaulted|gathered|opened|secret_box|guess|pg_stat\\w*|turned|asked|part_\\w+|listed_\\w+)\\b|###|SELECT (a\\.)?\\*|\\ba\\)");

  private static final Set<String> STEPPED =
      Set.of("prepare", "cursor", "temporary", "late", "ddl", "turned", "found");

  /** Of what a session keeps when a transaction is rolled back, or may. */
  private static final Pattern OUTLIVING =
      Pattern.compile(
          "(^|; ?)(SET|RESET|PREPARE|DEALLOCATE|LISTEN|UNLISTEN|DISCARD)\\b|set_config|setval|nextval|WITH HOLD");

  private final long number;
  private final String kind;
  private final List<Part> texts;
  private final int main;
  private final boolean ordered;
  private final List<String> sql;
  private final long fingerprint;
  private final boolean readsSecret;

  /**
   * @param number with the seed, tells the case again
   * @param kind how tables of results call it
   * @param texts what is sent, in order; what is set or begun is undone by the last
   * @param main which of the texts counts
   * @param ordered whether the order of rows was asked for
   */
  Case(long number, String kind, List<Part> texts, int main, boolean ordered) {
    this.number = number;
    this.kind = kind;
    this.texts = List.copyOf(texts);
    this.main = main;
    this.ordered = ordered;
    this.sql = texts.stream().map(Part::sql).toList();
    this.fingerprint = fingerprint(kind, sql);
    this.readsSecret = sql.stream().anyMatch(text -> SECRET.matcher(text).find());
  }

  long number() {
    return number;
  }

  String kind() {
    return kind;
  }

  List<Part> texts() {
    return texts;
  }

  int main() {
    return main;
  }

  boolean ordered() {
    return ordered;
  }

  List<String> sql() {
    return sql;
  }

  /** Tells its texts from others' by all but chance. */
  long fingerprint() {
    return fingerprint;
  }

  private static long fingerprint(String kind, List<String> sql) {
    long hash = kind.hashCode();
    for (String text : sql) {
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
    return STEPPED.contains(kind) || sql().stream().anyMatch(Between::isOne);
  }

  /** Whether something in the session may outlive its texts, or one of them. */
  boolean outlives() {
    return sql.stream().anyMatch(text -> OUTLIVING.matcher(text).find());
  }

  /** Whether it reads, or may read, something protected. */
  boolean readsSecret() {
    return readsSecret;
  }

  @Override
  public String toString() {
    return "#" + number + " " + kind + ": " + String.join(" ;; ", sql());
  }
}
