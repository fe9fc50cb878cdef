package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Expression;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much longer functions make a text: nested often enough they make one that the server cannot
 * hold, and whether it does would tell of the values. A factor stands for so many occurrences.
 */
final class Growth {
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  /** Functions that may make each character of a text this many. */
  private static final Map<String, Integer> FACTORS =
      Map.ofEntries(
          Map.entry("quote_literal", 2),
          Map.entry("quote_nullable", 2),
          Map.entry("quote_ident", 2),
          Map.entry("encode", 2),
          Map.entry("to_json", 6),
          Map.entry("to_jsonb", 6),
          Map.entry("xmltext", 6),
          Map.entry("array_to_json", 6),
          Map.entry("jsonb_pretty", 6));

  private Growth() {}

  static Sources of(String name, List<Expression> arguments, Sources sources) {
    return sources.times(factor(name, arguments));
  }

  private static int factor(String name, List<Expression> arguments) {
    return switch (name) {
      case "replace", "regexp_replace" -> replacement(arguments);
      case "format" -> directives(arguments);
      case "repeat" -> arguments.size() > 1 ? count(arguments.get(1)) : 1;
      default -> FACTORS.getOrDefault(name, 1);
    };
  }

  /** As long as what is put in; of one that is not written here nothing is known. */
  private static int replacement(List<Expression> arguments) {
    String text = arguments.size() > 2 ? Conditions.text(arguments.get(2)) : null;
    return text == null ? 8 : Math.max(1, text.length());
  }

  private static int directives(List<Expression> arguments) {
    String text = arguments.isEmpty() ? null : Conditions.text(arguments.get(0));
    return text == null ? 8 : (int) Math.max(1, text.chars().filter(c -> c == '%').count());
  }

  private static int count(@Nullable Expression count) {
    String text = count == null ? null : Conditions.text(count);
    return text != null && COUNT.matcher(text).matches() ? Math.max(1, Integer.parseInt(text)) : 8;
  }
}
