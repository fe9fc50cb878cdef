package io.pgguard.corpus.totals;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of the list of total functions: what is called and with what kinds of arguments.
 *
 * @param kind function, aggregate, window function or cast
 * @param name the function's name in {@code pg_catalog}; for a cast the type that it gives
 * @param arguments its arguments' types in order
 */
record Signature(Kind kind, String name, List<Argument> arguments) {

  /** What is called. */
  enum Kind {
    FUNCTION,
    AGGREGATE,
    WINDOW,
    CAST
  }

  /**
   * One argument.
   *
   * @param type the type's name in {@code pg_type}
   * @param check the check that a constant must pass, or empty for any value at all
   */
  record Argument(String type, String check) {
    @Override
    public String toString() {
      return check.isEmpty() ? type : type + ":" + check;
    }
  }

  Signature {
    arguments = List.copyOf(arguments);
  }

  /** Reads a line: {@code pg_catalog.substr(text, int4:nonneg)}, {@code agg max(int4)}. */
  static Signature parse(String line) {
    String text = line.contains("#") ? line.substring(0, line.indexOf('#')).strip() : line.strip();
    int open = text.indexOf('(');
    String head = text.substring(0, open);
    String inner = text.substring(open + 1, text.lastIndexOf(')'));
    if (head.equals("cast")) {
      String[] parts = inner.split(" as ");
      return new Signature(Kind.CAST, parts[1].strip(), arguments(parts[0]));
    }
    Kind kind =
        head.startsWith("agg ")
            ? Kind.AGGREGATE
            : head.startsWith("win ") ? Kind.WINDOW : Kind.FUNCTION;
    String name = head.substring(head.indexOf(' ') + 1).replace("pg_catalog.", "");
    return new Signature(kind, name, arguments(inner));
  }

  /** Whether a setting, such as the time zone, could move what it does. */
  boolean dependsOnSettings() {
    String text = toString();
    return text.contains("time") || text.contains("date") || text.contains("any");
  }

  private static List<Argument> arguments(String inner) {
    List<Argument> arguments = new ArrayList<>();
    for (String part : inner.split(",")) {
      String one = part.strip();
      if (!one.isEmpty()) {
        int colon = one.indexOf(':');
        arguments.add(
            colon < 0
                ? new Argument(one, "")
                : new Argument(one.substring(0, colon), one.substring(colon + 1)));
      }
    }
    return arguments;
  }

  @Override
  public String toString() {
    String inner = String.join(", ", arguments.stream().map(Argument::toString).toList());
    return switch (kind) {
      case FUNCTION -> "pg_catalog." + name + "(" + inner + ")";
      case AGGREGATE -> "agg " + name + "(" + inner + ")";
      case WINDOW -> "win " + name + "(" + inner + ")";
      case CAST -> "cast(" + inner + " as " + name + ")";
    };
  }
}
