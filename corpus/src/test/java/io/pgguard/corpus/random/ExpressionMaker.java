package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes scalar expressions of a wanted type. */
final class ExpressionMaker {
  private static final List<SqlType> COMMON =
      List.of(
          SqlType.INT,
          SqlType.INT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMERIC,
          SqlType.BOOL,
          SqlType.DATE,
          SqlType.TIMESTAMPTZ,
          SqlType.JSONB,
          SqlType.TEXT_ARRAY,
          SqlType.INT_ARRAY,
          SqlType.STATUS);

  private final Grammar grammar;

  ExpressionMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  SqlType anyType() {
    return grammar.dice().pick(COMMON);
  }

  /** An expression of the type; {@code depth} bounds its nesting. */
  String of(SqlType type, Scope scope, int depth) {
    Dice dice = grammar.dice();
    if (depth <= 0 || dice.chance(35)) {
      return leaf(type, scope);
    }
    int form = dice.next(24);
    if (form == 0) {
      return "CASE WHEN "
          + grammar.predicates().of(scope, depth - 1)
          + " THEN "
          + of(type, scope, depth - 1)
          + (dice.chance(80) ? " ELSE " + of(type, scope, depth - 1) : "")
          + " END";
    }
    if (form == 1) {
      return "coalesce(" + of(type, scope, depth - 1) + ", " + of(type, scope, depth - 1) + ")";
    }
    if (form == 2 && type.comparable() && type != SqlType.CONTACT) {
      return dice.of("nullif(", "greatest(", "least(")
          + of(type, scope, depth - 1)
          + ", "
          + of(type, scope, depth - 1)
          + ")";
    }
    if (form == 3 && type.comparable()) {
      return grammar.queries().scalar(type, scope, depth - 1);
    }
    if (form == 4 && type.comparable()) {
      return "CASE "
          + of(SqlType.INT, scope, depth - 1)
          + " WHEN 1 THEN "
          + of(type, scope, depth - 1)
          + " ELSE "
          + of(type, scope, depth - 1)
          + " END";
    }
    return computed(type, scope, depth - 1);
  }

  private String computed(SqlType type, Scope scope, int depth) {
    return switch (type) {
      case INT -> integer(scope, depth);
      case NUMERIC -> numeric(scope, depth);
      case TEXT -> grammar.texts().text(scope, depth);
      case BOOL -> "(" + grammar.predicates().of(scope, depth) + ")";
      case DATE, TIMESTAMPTZ -> moment(type, scope, depth);
      case JSONB -> grammar.json().value(scope, depth);
      case TEXT_ARRAY, INT_ARRAY -> array(type, scope, depth);
      case STATUS, CONTACT, XML, OTHER -> leaf(type, scope);
    };
  }

  /** A column of the type where one is in sight, else a literal. */
  String leaf(SqlType type, Scope scope) {
    if (grammar.dice().chance(82)) {
      String column = column(type, scope);
      if (!column.isEmpty()) {
        return column;
      }
    }
    return literal(type);
  }

  /** A column of the type, or nothing when none is in sight. */
  String column(SqlType type, Scope scope) {
    Draft draft = grammar.draft();
    List<Source> sources = new ArrayList<>();
    List<ModelColumn> columns = new ArrayList<>();
    for (Source source : scope.visible()) {
      for (ModelColumn column : source.columns()) {
        if (column.type() == type && draft.mayUse(column)) {
          sources.add(source);
          columns.add(column);
        }
      }
    }
    if (columns.isEmpty()) {
      return "";
    }
    int chosen = grammar.dice().next(columns.size());
    for (int i = 0;
        i < columns.size() && draft.reach() == Draft.Reach.HOT && grammar.dice().chance(50);
        i++) {
      chosen = columns.get(chosen).hot() ? chosen : grammar.dice().next(columns.size());
    }
    return draft.reference(scope, sources.get(chosen), columns.get(chosen));
  }

  String literal(SqlType type) {
    Dice dice = grammar.dice();
    return switch (type) {
      case INT -> String.valueOf(dice.next(50));
      case NUMERIC ->
          dice.next(200) + "." + dice.next(10) + (dice.chance(20) ? "::numeric(10,2)" : "");
      case TEXT ->
          dice.of(
              "'Oslo'",
              "'web'",
              "'a'",
              "''",
              "'x y'",
              "'Kyoto'::text",
              "E'b\\n'",
              "$$q$$",
              "'it''s'");
      case BOOL -> dice.of("true", "false");
      case DATE -> dice.of("date '2024-03-01'", "'2024-06-15'::date", "CAST('2023-12-31' AS date)");
      case TIMESTAMPTZ ->
          dice.of("timestamptz '2024-03-01 00:00:00+00'", "'2024-05-05 12:00:00+00'::timestamptz");
      case JSONB ->
          dice.of("'{\"a\": 1, \"color\": \"red\"}'::jsonb", "jsonb '[1, 2]'", "'{}'::jsonb");
      case TEXT_ARRAY -> dice.of("'{a,b}'::text[]", "ARRAY['x', 'y']", "ARRAY[]::text[]");
      case INT_ARRAY -> dice.of("'{1,2,3}'::int[]", "ARRAY[4, 5]");
      case STATUS -> dice.of("'paid'::order_status", "'new'::order_status");
      case CONTACT -> "NULL::contact_info";
      case XML -> "'<a/>'::xml";
      case OTHER -> "NULL::text";
    };
  }

  private String integer(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(13)) {
      case 0, 1 ->
          "("
              + of(SqlType.INT, scope, depth)
              + dice.of(" + ", " - ")
              + of(SqlType.INT, scope, depth)
              + ")";
      case 2 -> "(" + of(SqlType.INT, scope, depth) + " % 7)";
      case 3 ->
          dice.of("length(", "char_length(", "octet_length(", "bit_length(")
              + of(SqlType.TEXT, scope, depth)
              + ")";
      case 4 ->
          "extract("
              + dice.of("year", "month", "day")
              + " FROM "
              + of(SqlType.DATE, scope, depth)
              + ")::int";
      case 5 ->
          "cardinality(" + of(dice.of(SqlType.TEXT_ARRAY, SqlType.INT_ARRAY), scope, depth) + ")";
      case 6 -> "(" + of(SqlType.INT_ARRAY, scope, depth) + ")[1]";
      case 7 -> "position('a' IN " + of(SqlType.TEXT, scope, depth) + ")";
      case 8 -> "abs(" + of(SqlType.INT, scope, depth) + ")";
      case 9 -> "(" + of(SqlType.BOOL, scope, depth) + ")::int";
      case 10 -> "ascii(" + of(SqlType.TEXT, scope, depth) + ")";
      case 11 ->
          dice.chance(15)
              ? "CAST(" + of(SqlType.TEXT, scope, depth) + " AS int)"
              : "(" + of(SqlType.DATE, scope, depth) + " - date '2020-01-01')";
      default -> "trunc(" + of(SqlType.NUMERIC, scope, depth) + ")::int";
    };
  }

  private String numeric(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(6)) {
      case 0 ->
          "("
              + of(SqlType.NUMERIC, scope, depth)
              + dice.of(" + ", " - ", " * ")
              + of(SqlType.NUMERIC, scope, depth)
              + ")";
      case 1 -> "round(" + of(SqlType.NUMERIC, scope, depth) + ", 1)";
      case 2 -> of(SqlType.INT, scope, depth) + "::numeric";
      case 3 -> "(" + of(SqlType.NUMERIC, scope, depth) + " / 3)";
      case 4 -> "(- " + of(SqlType.NUMERIC, scope, depth) + ")";
      default -> "mod(" + of(SqlType.NUMERIC, scope, depth) + ", 10)";
    };
  }

  private String moment(SqlType type, Scope scope, int depth) {
    Dice dice = grammar.dice();
    if (type == SqlType.DATE) {
      return switch (dice.next(4)) {
        case 0 -> "(" + of(SqlType.DATE, scope, depth) + " + " + dice.next(90) + ")";
        case 1 -> "(" + of(SqlType.TIMESTAMPTZ, scope, depth) + " AT TIME ZONE 'UTC')::date";
        case 2 -> "date_trunc('month', " + of(SqlType.DATE, scope, depth) + ")::date";
        default -> "make_date(2024, 1 + " + dice.next(12) + ", 1)";
      };
    }
    return switch (dice.next(3)) {
      case 0 ->
          "("
              + of(SqlType.TIMESTAMPTZ, scope, depth)
              + " + interval '"
              + dice.next(48)
              + " hours')";
      case 1 -> "date_trunc('day', " + of(SqlType.TIMESTAMPTZ, scope, depth) + ")";
      default -> of(SqlType.DATE, scope, depth) + "::timestamptz";
    };
  }

  private String array(SqlType type, Scope scope, int depth) {
    Dice dice = grammar.dice();
    SqlType element = type == SqlType.TEXT_ARRAY ? SqlType.TEXT : SqlType.INT;
    return switch (dice.next(5)) {
      case 0 -> "ARRAY[" + of(element, scope, depth) + ", " + of(element, scope, depth) + "]";
      case 1 -> "ARRAY" + grammar.queries().bracketed(List.of(element), scope, depth);
      case 2 -> "array_append(" + of(type, scope, depth) + ", " + of(element, scope, depth) + ")";
      case 3 -> "(" + of(type, scope, depth) + " || " + of(type, scope, depth) + ")";
      default -> "(" + of(type, scope, depth) + ")[1:2]";
    };
  }
}
