package io.pgguard.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the server's with $1 rewritten for JDBC, whose parameters are question marks.
 * Immutable.
 *
 * @param sql the text with question marks; the server's own are doubled
 * @param numbers for each question mark, which parameter it is, from 1
 */
record NumberedParameters(String sql, List<Integer> numbers) {
  private static final Pattern NUMBER = Pattern.compile("\\$(\\d+)");

  NumberedParameters {
    numbers = List.copyOf(numbers);
  }

  static NumberedParameters read(String sql, boolean hasValues) {
    String doubled = sql.replace("?", "??");
    if (!hasValues) {
      return new NumberedParameters(doubled, List.of());
    }
    List<Integer> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(doubled);
    matcher
        .results()
        .map(MatchResult::group)
        .forEach(g -> numbers.add(Integer.valueOf(g.substring(1))));
    return new NumberedParameters(matcher.replaceAll("?"), numbers);
  }
}
