package io.pgguard.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names functions: {@code schema.name} for every overload, or {@code schema.name(type, type)} for
 * one. {@code *} stands for anything in a name and for one type among the arguments; {@code (*)}
 * stands for any arguments. Types may be written with any of their names ({@code int}, {@code
 * int4}, {@code integer}); their modifiers do not count. Immutable and thread-safe.
 */
public final class FunctionPattern {
  private final String text;
  private final RelationPattern name;
  private final @Nullable List<Glob> arguments;

  private FunctionPattern(String text, RelationPattern name, @Nullable List<Glob> arguments) {
    this.text = text;
    this.name = name;
    this.arguments = arguments;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what to write
   */
  public static FunctionPattern of(String text) {
    String pattern = text.strip();
    int open = PatternText.find(pattern, 0, '(');
    String name = open < 0 ? pattern : pattern.substring(0, open).strip();
    if (open >= 0 && !pattern.endsWith(")")) {
      throw new IllegalArgumentException("pattern `" + text + "` needs a `)` at its end");
    }
    if (PatternText.split(PatternText.expand(name).get(0), '.').size() != 2) {
      throw new IllegalArgumentException(
          "pattern `"
              + text
              + "` must name a function with its schema, such as"
              + " `app.report_total(int)` or `app.report_total`");
    }
    List<Glob> arguments =
        open < 0 ? null : arguments(pattern.substring(open + 1, pattern.length() - 1), text);
    return new FunctionPattern(text, RelationPattern.of(name), arguments);
  }

  private static @Nullable List<Glob> arguments(String list, String text) {
    if (list.strip().equals("*")) {
      return null;
    }
    List<Glob> types = new ArrayList<>();
    if (!list.isBlank()) {
      for (String type : PatternText.split(list, ',')) {
        if (type.isBlank()) {
          throw new IllegalArgumentException("pattern `" + text + "` has an empty argument type");
        }
        types.add(Glob.unquoted(TypeWords.canonical(type)));
      }
    }
    return List.copyOf(types);
  }

  /**
   * Whether it may name a function.
   *
   * @param signature {@code schema.name(type, type)}; without parentheses where the overload is not
   *     known, which fits any
   */
  public boolean matches(String signature) {
    int open = PatternText.find(signature, 0, '(');
    if (open < 0) {
      return name.matches(signature);
    }
    return name.matches(signature.substring(0, open)) && argumentsMatch(signature, open);
  }

  /** Whether it surely names a function: an overload that is not known must not matter. */
  public boolean covers(String signature) {
    int open = PatternText.find(signature, 0, '(');
    if (open < 0) {
      return arguments == null && name.covers(signature);
    }
    return name.covers(signature.substring(0, open)) && argumentsMatch(signature, open);
  }

  private boolean argumentsMatch(String signature, int open) {
    if (arguments == null) {
      return true;
    }
    String list = signature.substring(open + 1, Math.max(open + 1, signature.length() - 1));
    List<String> types = list.isBlank() ? List.of() : PatternText.split(list, ',');
    if (types.size() != arguments.size()) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!arguments.get(i).matches(TypeWords.canonical(types.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
