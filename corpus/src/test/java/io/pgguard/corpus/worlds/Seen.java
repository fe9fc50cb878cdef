package io.pgguard.corpus.worlds;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What each world answered to one case's texts.
 *
 * @param made the case
 * @param answers by world; the base alone where the others were not worth it
 * @param names what each world's pseudonyms stand for
 */
record Seen(Case made, Map<World, List<byte[]>> answers, Map<World, Map<String, String>> names) {
  /** Of hash masks: which is which is told by where they are equal, not by their digits. */
  private static final Pattern NULL = Pattern.compile("(?<= )NULL(?= |$)");

  private static final Pattern PSEUDONYM = Pattern.compile("\\b[0-9a-f]{64}\\b");

  /** Of a request for approval: chance gives it. */
  private static final Pattern REQUEST = Pattern.compile("\\bapr-[0-9a-f]+");

  /**
   * Where a line of a plan stands, and which side of a join is kept in memory: what the planner
   * chooses is not hidden (docs/soundness.md), what the plan's nodes say is.
   */
  private static final Pattern PLACE =
      Pattern.compile("^row <\\s*(?:->)?\\s*(?:(Hash) (?:Left|Right|Full)(?= Join))?");

  /** Errors that the server makes of a text alone, whatever the values. */
  private static final Set<String> OF_TEXT =
      Set.of("42883", "42804", "42846", "42803", "42725", "42702", "42703", "0A000", "42809");

  /** Out of time, of patience for a lock, of disk, of memory. */
  private static final Set<String> LATE = Set.of("57014", "55P03", "53100", "53200");

  /** The first error of a world, in the text that counts; empty where it ran. */
  String state(World world) {
    return Answer.errorField(answer(world), 'C');
  }

  private byte[] answer(World world) {
    List<byte[]> all = answers.get(world);
    return all == null ? new byte[0] : all.get(made.main());
  }

  boolean refused() {
    return Answer.errorField(answer(World.BASE), 'M').startsWith("Guard ");
  }

  /** Why Guard refused it. */
  Denials denials() {
    return Denials.of(answer(World.BASE));
  }

  /** Whether another world could answer otherwise at all. */
  boolean worth() {
    // what outlives a text changes the session: in every world, or in none. What a transaction
    // around a refused text did is undone; that is looked at now and then
    return made.outlives()
        || made.number() % (made.texts().size() > 1 ? 8 : 64) == 0
        || (!refused() && !OF_TEXT.contains(state(World.BASE)));
  }

  boolean ranSomewhere() {
    return answers.keySet().stream().anyMatch(world -> state(world).isEmpty());
  }

  /** A case that took too long somewhere says nothing. */
  boolean late() {
    return answers.values().stream()
        .flatMap(List::stream)
        .anyMatch(bytes -> LATE.contains(Answer.errorField(bytes, 'C')));
  }

  /** The first world that looks other than the base, and how; empty where none does. */
  Optional<String> difference() {
    List<byte[]> base = answers.getOrDefault(World.BASE, List.of());
    for (Map.Entry<World, List<byte[]>> other : answers.entrySet()) {
      for (int i = 0; i < base.size(); i++) {
        if (!Arrays.equals(base.get(i), other.getValue().get(i))) {
          List<String> one = lines(World.BASE, base.get(i));
          List<String> two = lines(other.getKey(), other.getValue().get(i));
          if (!one.equals(two)) {
            return Optional.of(other.getKey() + ": " + told(one, two));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What differs, or which rule of the policy did not hold; empty where all is as it must be. */
  Optional<String> amiss() {
    return difference().or(() -> BrokenRules.in(this));
  }

  /** Whether a world answered the same both times. */
  boolean sameIn(World world, Seen again) {
    List<byte[]> one = answers.getOrDefault(world, List.of());
    List<byte[]> two = again.answers.getOrDefault(world, List.of());
    for (int i = 0; i < one.size(); i++) {
      if (!lines(world, one.get(i)).equals(lines(world, two.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private List<String> lines(World world, byte[] answer) {
    // which rows a cursor gives first without an order is chance, so which pseudonyms, and whether
    // NULL is among them: DISTINCT and grouping give them in the order of the values or their
    // hashes
    boolean chosen = made.kind().equals("cursor") && !made.ordered();
    Map<String, String> known = chosen ? Map.of() : names.getOrDefault(world, Map.of());
    return Answer.of(answer)
        .lines(
            made.ordered(),
            line -> {
              String alike =
                  PSEUDONYM
                      .matcher(REQUEST.matcher(placed(line)).replaceAll("apr-"))
                      .replaceAll(m -> known.getOrDefault(m.group(), "#"));
              return chosen && alike.startsWith("row ")
                  ? NULL.matcher(alike).replaceAll("<#>")
                  : alike;
            });
  }

  private String placed(String line) {
    return made.kind().equals("explain") ? PLACE.matcher(line).replaceFirst("row <$1") : line;
  }

  private static String told(List<String> one, List<String> two) {
    for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
      String a = i < one.size() ? one.get(i) : "nothing";
      String b = i < two.size() ? two.get(i) : "nothing";
      if (!a.equals(b)) {
        return cut(a) + "  |  " + cut(b);
      }
    }
    return "";
  }

  private static String cut(String text) {
    return text.length() > 140 ? text.substring(0, 140) + "..." : text;
  }
}
