package io.pgguard.corpus.worlds;

import java.util.List;

/**
 * One type's values in each world.
 *
 * @param name how columns and the data script call it
 * @param type the type as SQL writes it; {@code -} for a part of a text
 * @param column whether the relation {@code vault} has a protected and an unprotected column of it
 */
record ValueKind(
    String name,
    String type,
    List<String> base,
    List<String> random,
    List<String> extreme,
    boolean column) {
  private static final int CHANGED = 3;

  ValueKind {
    base = List.copyOf(base);
    random = List.copyOf(random);
    extreme = List.copyOf(extreme);
  }

  /**
   * The value at a position, counted round.
   *
   * @param guesses whether guesses may hit: then what has few values is the same in all worlds
   */
  String value(World world, int position, boolean guesses) {
    if (guesses && guessable()) {
      return base.get(position % base.size());
    }
    int at = position % base.size();
    return switch (world) {
      case BASE -> base.get(at);
      case ONE_CHARACTER -> at == CHANGED ? changed(base.get(at)) : base.get(at);
      case RANDOM -> random.get(at);
      case EXTREME -> extreme.get(at);
      // what a mask shows of a value stays with its row
      case REVERSED -> shown() ? random.get(at) : base.get(base.size() - 1 - at);
    };
  }

  private boolean shown() {
    return List.of("mail", "born", "reading", "level", "moment").contains(name);
  }

  private String changed(String value) {
    return switch (name) {
      case "text", "varchar", "bpchar", "name", "char", "distinct" ->
          value.substring(0, value.length() - 1) + (char) (value.charAt(value.length() - 1) + 1);
      case "int", "bigint", "smallint" -> Long.toString(Long.parseLong(value) + 1);
      case "mail" -> "x" + value;
      case "phone" -> value.replace("558", "559");
      default -> random.get(CHANGED);
    };
  }

  /** A literal of a value; of the type where it has one. */
  String literal(String value) {
    return type.equals("-") ? value.replace("'", "''") : quoted(value) + "::" + type;
  }

  /** Whether there are so few values that every constant is a guess that may hit. */
  boolean guessable() {
    return name.equals("bool") || name.equals("mood") || name.equals("char");
  }

  /** The type as the catalog writes it, without its length. */
  String longType() {
    String plain = type.replaceAll("\\(.*\\)|^w\\.", "");
    return switch (plain) {
      case "int" -> "integer";
      case "float8" -> "double precision";
      case "bool" -> "boolean";
      case "varchar" -> "character varying";
      case "char" -> "bpchar";
      case "varbit" -> "bit varying";
      case "time" -> "time without time zone";
      case "timetz" -> "time with time zone";
      case "timestamp" -> "timestamp without time zone";
      case "timestamptz" -> "timestamp with time zone";
      case "int[]" -> "integer[]";
      default -> plain;
    };
  }

  static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
