package io.pgguard.corpus.worlds;

import java.util.regex.Pattern;

/**
 * A kind of fault put back, in tests alone: in the place of Guard's answer to a case that the fault
 * is about comes what a Guard with the fault would show of the server's own answer. A machine that
 * is able finds a difference.
 */
enum Fault {
  NULL_OF_COMPUTED(
      "SELECT (?!count)[^*]*(NULLIF|lower|upper|->|lag|lead|\\[|#>>|left|substr)",
      Shown.BLIND,
      Hits.ADMITTED),
  COUNT_OF_COMPUTED("count\\(", Shown.CLEAR, Hits.ADMITTED),
  FAILING("", Shown.STATE, Hits.ANY),
  NO_TREE("###.*USING", Shown.CLEAR, Hits.ANY),
  CODE_OF_DEFAULTS("defaulted\\(\\d\\)", Shown.CLEAR, Hits.ANY),
  CODE_OF_DOMAINS("guess", Shown.CLEAR, Hits.ANY),
  CODE_OF_CASTS("secret_box", Shown.CLEAR, Hits.ANY),
  UNKNOWN_TO_SNAPSHOT("@other", Shown.CLEAR, Hits.ANY),
  STATISTICS("pg_stat", Shown.CLEAR, Hits.ANY),
  RENDERING("SET (extra_float|TimeZone|DateStyle)", Shown.KEEPING_FOUR, Hits.ANY),
  FIGURES_OF_EXPLAIN("EXPLAIN", Shown.CLEAR, Hits.ANY),
  CONSTRAINTS("^BEGIN ;; (INSERT|UPDATE)", Shown.STATE, Hits.ANY),
  PARTITIONS("(part|listed)_\\w+", Shown.BLIND, Hits.ANY),
  TYPES_THAT_CARRY("holder", Shown.CLEAR, Hits.ANY),
  BLOCKS("^DO ", Shown.CLEAR, Hits.ANY),
  ORDER("ORDER BY", Shown.OPEN, Hits.ANY),
  WRITES_THAT_CARRY("INSERT INTO sink", Shown.CLEAR, Hits.ANY),
  MASK_FORGOTTEN("^SELECT \\*", Shown.CLEAR, Hits.ADMITTED);

  /** What is shown of the server's answer. */
  enum Shown {
    /** All of it. */
    CLEAR,
    /** Which cells are NULL; errors by their state. */
    BLIND,
    /** Whether it failed, and with which state. */
    STATE,
    /** Numbers alone, and which cells are NULL. */
    OPEN,
    /** The first four characters of each cell. */
    KEEPING_FOUR
  }

  /** Which cases a fault is about, beside the words. */
  enum Hits {
    ADMITTED,
    ANY
  }

  private final Pattern words;
  private final Shown shown;
  private final Hits hits;

  Fault(String words, Shown shown, Hits hits) {
    this.words = Pattern.compile(words);
    this.shown = shown;
    this.hits = hits;
  }

  boolean isAbout(Seen seen) {
    return words.matcher(String.join(" ;; ", seen.made().sql())).find()
        && seen.made().readsSecret()
        && (hits == Hits.ANY || !seen.refused());
  }

  /** What a Guard with this fault would show of the server's own answer. */
  byte[] shown(byte[] direct) {
    Answer answer = Answer.of(direct);
    return switch (shown) {
      case CLEAR -> direct;
      case STATE -> answer.stateAlone();
      case BLIND -> answer.failed() ? answer.stateAlone() : answer.cells(cell -> "[redacted]");
      case OPEN ->
          answer.failed()
              ? answer.stateAlone()
              : answer.cells(cell -> cell.matches("\\d{1,2}") ? cell : "[redacted]");
      case KEEPING_FOUR ->
          answer.failed()
              ? answer.stateAlone()
              : answer.cells(cell -> cell.substring(0, Math.min(4, cell.length())));
    };
  }
}
