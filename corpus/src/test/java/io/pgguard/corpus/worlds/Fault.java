package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A kind of fault put back, in tests alone: a check of Guard's that is left out. What only that
 * check had refused runs, and what it had withheld is shown, as they did before the check was made;
 * the machine sees the server's own answer in place of Guard's. A machine that is able finds a
 * difference.
 *
 * <p>Kinds that no answer shows are not here: time, and connections that nobody closes.
 */
enum Fault {
  NULL_OF_COMPUTED("", "", Shown.NULLS),
  COUNT_OF_COMPUTED("count\\((?!\\*)", "", Shown.of("count")),
  CONDITIONS("", "guard.inference: its (?!ORDER BY|the )", Shown.OPEN),
  FAILING("", "guard.inference: .* may fail for some values", Shown.OPEN),
  NO_TREE("### .*USING", "guard.(function|lineage)", Shown.CLEAR),
  CODE_OF_DEFAULTS("defaulted\\(", "guard.function: .*", Shown.CLEAR),
  CODE_OF_DOMAINS("guess", "guard.function: .*is_secret", Shown.CLEAR),
  CODE_OF_CASTS("secret_box", "guard.function: .*", Shown.CLEAR),
  UNKNOWN_TO_SNAPSHOT("@other.*late_secret", "", Shown.of("late_secret")),
  FIGURES_ELSEWHERE("current_setting", "crowd: ", Shown.CLEAR),
  RULES_SEE_THE_TEXT("(?s)^(?!.*kept AS a).*", "kept: ", Shown.CLEAR),
  NAMES_AS_WRITTEN("(?<!w\\.)forbidden\\(", "forbidden: ", Shown.CLEAR),
  LIMITS("COPY|FETCH", "limits: .*longer than", Shown.CLEAR),
  DETECTORS("cards.*FORMAT binary", "", Shown.CLEAR),
  STATISTICS(
      "range_length_histogram.* FROM pg_stats WHERE tablename = 'vault'",
      "guard.inference: its the partition",
      true,
      Shown.of("range_length_histogram")),
  RENDERING("SET extra_float_digits = -9", "", Shown.KEEPING_FOUR),
  EQUALITY_THAT_IS_MORE("= ANY \\('", "guard.inference: .*more than 50 constants", Shown.OPEN),
  CONSTRAINTS("", "guard.constraint", Shown.OPEN),
  PARTITIONS("^(?!.*pg_stat)", "guard.inference: its the (number of rows|partition)", Shown.OPEN),
  ORDER("ORDER BY", "guard.inference: its ORDER BY", Shown.OPEN),
  FIGURES_OF_EXPLAIN("^EXPLAIN", "", Shown.CLEAR),
  TYPES_THAT_CARRY("holder", "", Shown.of("ps?")),
  BLOCKS("^DO ", "guard.code", Shown.CLEAR),
  WRITES_THAT_CARRY("", "guard.carries", Shown.CLEAR),
  APPROVALS_OF_WORDS("@approve", "held: ", Shown.CLEAR),
  OLD_DECISIONS("@policy:whole", "", Shown.of("word"));

  private final Pattern words;
  private final Pattern lifted;
  private final boolean admitted;
  private final Shown shown;

  /** About cases that are refused, or where nothing is lifted, that are not. */
  Fault(String words, String lifted, Shown shown) {
    this(words, lifted, lifted.isEmpty(), shown);
  }

  /**
   * @param words found in the texts of the cases that it is about
   * @param lifted found in each reason for which such a case is refused
   * @param admitted whether it is about cases that are not refused
   */
  Fault(String words, String lifted, boolean admitted, Shown shown) {
    this.words = Pattern.compile(words);
    this.lifted = Pattern.compile(lifted);
    this.admitted = admitted;
    this.shown = shown;
  }

  /** How the machine is set that is to find it. */
  Setting setting() {
    return Setting.of(
        switch (this) {
          case UNKNOWN_TO_SNAPSHOT, OLD_DECISIONS -> "deny/own";
          case EQUALITY_THAT_IS_MORE -> "equality";
          default -> "deny";
        });
  }

  boolean isAbout(Seen seen) {
    Denials denials = seen.denials();
    boolean about =
        denials.all().isEmpty()
            ? admitted && !seen.refused() && seen.ranSomewhere()
            : !lifted.pattern().isEmpty() && denials.only(lifted);
    return about && words.matcher(String.join(" ;; ", seen.made().sql())).find();
  }

  /** What a Guard with this fault would show, out of its answers and the server's own. */
  Seen shown(Seen guarded, Seen direct) {
    Map<World, List<byte[]>> answers = new EnumMap<>(World.class);
    direct
        .answers()
        .forEach(
            (world, own) ->
                answers.put(world, shown(guarded.answers().getOrDefault(world, List.of()), own)));
    return new Seen(guarded.made(), answers, guarded.names());
  }

  private List<byte[]> shown(List<byte[]> guarded, List<byte[]> direct) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < direct.size(); i++) {
      all.add(shown.of(i < guarded.size() ? guarded.get(i) : new byte[0], direct.get(i)));
    }
    return all;
  }
}
