package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why Guard refused a statement: every rule that did, with its reason, as {@code rule: reason}.
 * Immutable.
 */
record Denials(List<String> all) {
  private static final Pattern FIRST = Pattern.compile("^Guard .*?\\(rule ([\\w.-]+)\\): (.*)$");
  private static final Pattern HELD =
      Pattern.compile(
          "^(Guard holds this statement for approval|What this statement means changed).*");
  private static final String LIMIT = "54000";
  private static final String ALSO = "Also refused by ";

  Denials {
    all = List.copyOf(all);
  }

  /** Of an answer; empty where it is no refusal that names a rule. */
  static Denials of(byte[] answer) {
    Matcher first = FIRST.matcher(Answer.errorField(answer, 'M'));
    List<String> all = new ArrayList<>();
    if (Answer.errorField(answer, 'C').equals(LIMIT)) {
      all.add("limits: " + Answer.errorField(answer, 'M'));
    } else if (HELD.matcher(Answer.errorField(answer, 'M')).matches()) {
      all.add("held: " + Answer.errorField(answer, 'M'));
    } else if (first.matches()) {
      all.add(first.group(1) + ": " + first.group(2));
      String more = Answer.errorField(answer, 'D');
      int at = more.indexOf(ALSO);
      if (at >= 0) {
        String others = more.substring(at + ALSO.length());
        all.addAll(List.of(others.split("; (?=[a-z][\\w.-]*: )", -1)));
      }
    }
    return new Denials(all);
  }

  /** Whether nothing would have refused it but what the pattern finds. */
  boolean only(Pattern lifted) {
    return !all.isEmpty() && all.stream().allMatch(denial -> lifted.matcher(denial).find());
  }
}
