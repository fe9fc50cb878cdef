package io.pgguard.statement;

import java.util.Locale;
import java.util.Set;

/**
 * Whether the options of EXPLAIN say ANALYZE (PostgreSQL documentation, "EXPLAIN"). Thread-safe: no
 * state.
 */
final class ExplainOptions {
  private static final Set<String> OFF = Set.of("false", "off", "0");

  private ExplainOptions() {}

  /** Whether any ANALYZE in the parentheses is on; PostgreSQL takes the last, this the worst. */
  static boolean analyze(Span span, int open) {
    int close = span.afterBracket(open) - 1;
    int start = open + 1;
    for (int i = start; i <= close; i++) {
      if (i == close || span.is(i, ',')) {
        if (isOn(span.sub(start, i))) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isOn(Span option) {
    int name = option.from();
    if (!option.isWord(name)) {
      return false;
    }
    String word = option.tokens().value(name).toLowerCase(Locale.ROOT);
    if (!word.equals("analyze") && !word.equals("analyse")) {
      return false;
    }
    boolean off =
        option.to() == name + 2
            && OFF.contains(option.tokens().value(name + 1).toLowerCase(Locale.ROOT));
    return !off;
  }
}
