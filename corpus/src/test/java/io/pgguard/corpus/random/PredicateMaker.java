package io.pgguard.corpus.random;

import java.util.List;

/** Writes conditions. */
final class PredicateMaker {
  private final Grammar grammar;

  PredicateMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A condition over what is in sight. */
  String of(Scope scope, int depth) {
    Dice dice = grammar.dice();
    if (depth > 0 && dice.chance(22)) {
      return "(" + of(scope, depth - 1) + dice.of(" AND ", " OR ") + of(scope, depth - 1) + ")";
    }
    if (depth > 0 && dice.chance(5)) {
      return "NOT (" + of(scope, depth - 1) + ")";
    }
    int inner = Math.max(0, depth - 1);
    return switch (dice.next(depth > 0 ? 18 : 9)) {
      case 16, 17 -> rare(scope, inner);
      case 0, 1, 2, 3 -> comparison(scope, inner);
      case 4 ->
          of(SqlType.TEXT, scope, inner)
              + dice.of(
                  " LIKE '%a%'",
                  " NOT LIKE 'b%'", " ILIKE '%O%'", " ~ '^[A-Z]'", " SIMILAR TO '%e%'");
      case 5 ->
          of(SqlType.INT, scope, inner)
              + " BETWEEN "
              + dice.next(10)
              + " AND "
              + (10 + dice.next(60));
      case 6 ->
          of(grammar.expressions().anyType(), scope, inner) + dice.of(" IS NOT NULL", " IS NULL");
      case 7 ->
          of(SqlType.INT, scope, inner)
              + dice.of(" IN (1, 2, 3, 5, 8, 13)", " = ANY ('{1,2,3,4}'::int[])", " NOT IN (2, 4)");
      case 8 ->
          of(SqlType.TEXT, scope, inner)
              + dice.of(" IN ('Oslo', 'web', 'visa')", " <> ALL (ARRAY['Quito', 'a'])");
      case 9, 10 ->
          dice.of("EXISTS ", "NOT EXISTS ")
              + grammar.queries().bracketed(List.of(SqlType.INT), scope, inner);
      case 11 -> in(scope, inner);
      case 12 ->
          of(SqlType.JSONB, scope, inner)
              + dice.of(" @> '{\"color\": \"red\"}'", " -> 'a' IS NOT NULL");
      case 13 ->
          of(SqlType.TEXT_ARRAY, scope, inner) + dice.of(" && ", " @> ") + "ARRAY['outdoor', 'a']";
      case 14 ->
          "("
              + of(SqlType.INT, scope, inner)
              + ", "
              + of(SqlType.TEXT, scope, inner)
              + ") "
              + dice.of("<", "=", ">=")
              + " (20, 'm')";
      default -> of(SqlType.BOOL, scope, inner) + dice.of("", " IS TRUE", " IS NOT FALSE");
    };
  }

  private String rare(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(12)) {
      case 0 -> of(SqlType.INT, scope, depth) + " BETWEEN SYMMETRIC 30 AND 3";
      case 1 ->
          "("
              + of(SqlType.DATE, scope, depth)
              + ", interval '40 days') OVERLAPS (date '2024-01-01', date '2024-03-01')";
      case 2 -> of(SqlType.TEXT, scope, depth) + dice.of(" IS JSON", " IS NOT JSON OBJECT");
      case 3 -> "JSON_EXISTS(" + of(SqlType.JSONB, scope, depth) + ", '$.tags[*]')";
      case 4 -> of(SqlType.TEXT, scope, depth) + " LIKE '%!_%' ESCAPE '!'";
      case 5 ->
          of(SqlType.INT, scope, depth)
              + " OPERATOR(pg_catalog.<) "
              + of(SqlType.INT, scope, depth);
      case 6 ->
          "("
              + of(SqlType.INT, scope, depth)
              + ", "
              + of(SqlType.TEXT, scope, depth)
              + ") IN (VALUES (1, 'a'), (2, 'web'))";
      case 7 ->
          "ROW("
              + of(SqlType.INT, scope, depth)
              + ", "
              + of(SqlType.TEXT, scope, depth)
              + ") IS NOT NULL";
      case 8 -> of(SqlType.TEXT, scope, depth) + " ^@ 'A'";
      case 9 -> of(SqlType.JSONB, scope, depth) + dice.of(" ? 'color'", " @? '$.dims'");
      case 10 -> of(SqlType.INT, scope, depth) + " IS NOT DISTINCT FROM 4";
      default ->
          of(SqlType.TIMESTAMPTZ, scope, depth)
              + " AT TIME ZONE 'UTC' < "
              + "timestamp '2024-06-01' + make_interval(days => 3)";
    };
  }

  private String comparison(Scope scope, int depth) {
    Dice dice = grammar.dice();
    SqlType type =
        dice.of(
            SqlType.INT,
            SqlType.INT,
            SqlType.TEXT,
            SqlType.NUMERIC,
            SqlType.DATE,
            SqlType.TIMESTAMPTZ,
            SqlType.STATUS);
    String operator = dice.of(" = ", " <> ", " < ", " >= ", " > ", " IS DISTINCT FROM ");
    String right = dice.chance(60) ? grammar.expressions().literal(type) : of(type, scope, depth);
    return of(type, scope, depth) + operator + right;
  }

  private String in(Scope scope, int depth) {
    Dice dice = grammar.dice();
    SqlType type = dice.of(SqlType.INT, SqlType.TEXT);
    return of(type, scope, depth)
        + dice.of(" IN ", " NOT IN ", " = ANY ", " >= ALL ")
        + grammar.queries().bracketed(List.of(type), scope, depth);
  }

  private String of(SqlType type, Scope scope, int depth) {
    return grammar.expressions().of(type, scope, depth);
  }
}
