package io.pgguard.corpus.random;

/** Writes aggregate and window function calls of a wanted type. */
final class AggregateMaker {
  private final Grammar grammar;

  AggregateMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  /** An aggregate over the scope's rows. */
  String aggregate(SqlType type, Scope scope, int depth) {
    Dice dice = grammar.dice();
    String call = ordinary(type, scope, depth);
    String filtered =
        dice.chance(20) && !wrapped(call)
            ? call + " FILTER (WHERE " + grammar.predicates().of(scope, depth) + ")"
            : call;
    return type == SqlType.INT ? "(" + filtered + ")::int" : filtered;
  }

  /** Whether a function or cast stands around the aggregate, so that no FILTER can follow. */
  private static boolean wrapped(String call) {
    return call.startsWith("array_to_string(")
        || call.endsWith(")::text")
        || call.endsWith(")::numeric");
  }

  private String ordinary(SqlType type, Scope scope, int depth) {
    Dice dice = grammar.dice();
    String order =
        dice.chance(60) ? " ORDER BY " + of(SqlType.INT, scope, 0) + dice.of("", " DESC") : "";
    return switch (type) {
      case INT -> count(scope, depth);
      case NUMERIC -> numeric(scope, depth);
      case TEXT -> text(scope, depth, order);
      case BOOL ->
          dice.of("bool_and(", "bool_or(", "every(") + grammar.predicates().of(scope, depth) + ")";
      case JSONB -> json(scope, depth, order);
      case TEXT_ARRAY ->
          dice.chance(20)
              ? "array_agg(DISTINCT " + certain(scope, depth) + ")"
              : "array_agg(" + certain(scope, depth) + order + ")";
      case INT_ARRAY -> "array_agg(" + of(SqlType.INT, scope, depth) + order + ")";
      default -> dice.of("min(", "max(") + of(type, scope, depth) + ")";
    };
  }

  private String numeric(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String value = of(SqlType.NUMERIC, scope, depth);
    return switch (dice.next(9)) {
      case 0 ->
          "(percentile_cont(0.25) WITHIN GROUP (ORDER BY "
              + of(SqlType.INT, scope, depth)
              + "))::numeric";
      case 1 -> "stddev_samp(" + value + ")";
      case 2 ->
          "(cume_dist(7) WITHIN GROUP (ORDER BY " + of(SqlType.INT, scope, depth) + "))::numeric";
      default -> dice.of("sum(", "avg(", "max(", "min(", "sum(DISTINCT ") + value + ")";
    };
  }

  private String count(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(7)) {
      case 0, 1 -> "count(*)";
      case 4 ->
          dice.of("rank(", "dense_rank(")
              + dice.next(30)
              + ") WITHIN GROUP (ORDER BY "
              + of(SqlType.INT, scope, depth)
              + dice.of("", " DESC")
              + ")";
      case 5 -> dice.of("bit_or(", "bit_and(", "max(") + of(SqlType.INT, scope, depth) + ")";
      case 2 -> "count(DISTINCT " + of(SqlType.TEXT, scope, depth) + ")";
      case 3 -> "sum(" + of(SqlType.INT, scope, depth) + ")";
      default -> "count(" + of(grammar.expressions().anyType(), scope, depth) + ")";
    };
  }

  private String text(Scope scope, int depth, String order) {
    Dice dice = grammar.dice();
    return switch (dice.next(9)) {
      case 0 -> "string_agg(" + of(SqlType.TEXT, scope, depth) + ", ','" + order + ")";
      case 1 -> "percentile_disc(0.5) WITHIN GROUP (ORDER BY " + certain(scope, depth) + ")";
      case 3 ->
          "array_to_string(percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY "
              + certain(scope, depth)
              + "), '|')";
      case 4 ->
          "xmlagg(xmlelement(name i, " + of(SqlType.TEXT, scope, depth) + ")" + order + ")::text";
      case 5 -> "any_value(" + certain(scope, depth) + ")";
      case 2 -> "mode() WITHIN GROUP (ORDER BY " + certain(scope, depth) + ")";
      default -> dice.of("min(", "max(") + of(SqlType.TEXT, scope, depth) + ")";
    };
  }

  private String json(Scope scope, int depth, String order) {
    Dice dice = grammar.dice();
    return switch (dice.next(5)) {
      case 0 ->
          "JSON_ARRAYAGG("
              + of(SqlType.TEXT, scope, depth)
              + order
              + " NULL ON NULL RETURNING jsonb)";
      case 1 ->
          "jsonb_object_agg("
              + of(SqlType.INT, scope, 0)
              + "::text || '.', "
              + of(SqlType.TEXT, scope, depth)
              + order
              + ")";
      case 2 ->
          "JSON_OBJECTAGG(CAST("
              + of(SqlType.INT, scope, 0)
              + " AS text) VALUE "
              + of(SqlType.TEXT, scope, depth)
              + " ABSENT ON NULL RETURNING jsonb)";
      case 3 -> "jsonb_agg_strict(" + certain(scope, depth) + order + ")";
      default -> "jsonb_agg(" + of(grammar.expressions().anyType(), scope, depth) + order + ")";
    };
  }

  /** A window function; {@code named} is a window's name, or empty. */
  String window(SqlType type, Scope scope, int depth, String named) {
    Dice dice = grammar.dice();
    String value = type == SqlType.TEXT ? certain(scope, depth) : of(type, scope, depth);
    String over = named.isEmpty() ? "(" + windowBody(scope) + ")" : named;
    if (dice.chance(15)) {
      return aggregateOver(type, scope, depth, over);
    }
    String call =
        switch (dice.next(6)) {
          case 0 -> "lag(" + value + ")";
          case 1 -> dice.of("lead(%s, 2)", "lag(%s, 1, NULL)").replace("%s", value);
          case 2 -> "first_value(" + value + ")";
          case 3 -> "nth_value(" + value + ", 2)";
          default ->
              type == SqlType.INT
                  ? dice.of("row_number()", "rank()", "dense_rank()", "ntile(3)")
                  : "last_value(" + value + ")";
        };
    return type == SqlType.INT && dice.chance(10)
        ? "(100 * " + dice.of("percent_rank()", "cume_dist()") + " OVER " + over + ")::int"
        : call + " OVER " + over;
  }

  /** An aggregate that needs no order of its own, over a window. */
  private String aggregateOver(SqlType type, Scope scope, int depth, String over) {
    Dice dice = grammar.dice();
    String filter =
        dice.chance(30) ? " FILTER (WHERE " + grammar.predicates().of(scope, 0) + ")" : "";
    return switch (type) {
      case INT -> "(sum(" + of(type, scope, depth) + ")" + filter + " OVER " + over + ")::int";
      case TEXT -> "string_agg(" + of(type, scope, depth) + ", ';')" + filter + " OVER " + over;
      case BOOL -> "bool_or(" + of(type, scope, depth) + ")" + filter + " OVER " + over;
      case JSONB -> "jsonb_agg(" + of(SqlType.INT, scope, depth) + ")" + filter + " OVER " + over;
      case INT_ARRAY ->
          "array_agg(" + of(SqlType.INT, scope, depth) + ")" + filter + " OVER " + over;
      case TEXT_ARRAY -> "array_agg(" + certain(scope, depth) + ")" + filter + " OVER " + over;
      default -> dice.of("min(", "max(") + of(type, scope, depth) + ")" + filter + " OVER " + over;
    };
  }

  /** What stands between a window's brackets. */
  String windowBody(Scope scope) {
    Dice dice = grammar.dice();
    String partition =
        dice.chance(50)
            ? "PARTITION BY " + of(dice.of(SqlType.TEXT, SqlType.INT), scope, 1) + " "
            : "";
    String frame =
        dice.chance(20)
            ? dice.of(
                " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                " RANGE BETWEEN 2 PRECEDING AND 3 FOLLOWING",
                " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES",
                " ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW")
            : "";
    return partition
        + "ORDER BY "
        + of(SqlType.INT, scope, 1)
        + dice.of("", " DESC", " NULLS FIRST")
        + frame;
  }

  /** A text that no polymorphic function can take for an unknown literal. */
  private String certain(Scope scope, int depth) {
    String text = of(SqlType.TEXT, scope, depth);
    return text.endsWith("'") || text.endsWith("$") ? text + "::text" : text;
  }

  private String of(SqlType type, Scope scope, int depth) {
    return grammar.expressions().of(type, scope, depth);
  }
}
