package io.pgguard.corpus.worlds;

import java.util.List;

/** Makes conditions of every form. Not thread-safe. */
final class ConditionMaker {
  private final ServerCatalog catalog;
  private final ExpressionMaker expressions;
  private final Leaves leaves;
  private final Dice dice;

  ConditionMaker(ServerCatalog catalog, ExpressionMaker expressions, Leaves leaves, Dice dice) {
    this.catalog = catalog;
    this.expressions = expressions;
    this.leaves = leaves;
    this.dice = dice;
  }

  /** A condition, as it stands in WHERE. */
  Part condition(Scope scope, int depth) {
    String type = leaves.type(scope);
    Part left = expressions.make(type, scope, depth - 1);
    return switch (dice.below(14)) {
      case 0 -> bool(left, dice.any(" IS NULL", " IS NOT NULL"));
      case 1, 2 ->
          bool(
              "(",
              expressions.make("boolean", scope, depth - 1),
              dice.any(" AND ", " OR "),
              expressions.make("boolean", scope, depth - 1),
              ")");
      case 3 -> bool("(NOT ", expressions.make("boolean", scope, depth - 1), ")");
      case 4 ->
          bool(
              left,
              dice.any(" IN (", " NOT IN ("),
              leaves.leaf(type, scope),
              ", ",
              leaves.constant(type),
              ")");
      case 5 ->
          bool(left, " = ANY(ARRAY[", leaves.leaf(type, scope), ", ", leaves.constant(type), "])");
      case 6 ->
          bool(
              "(",
              left,
              dice.any(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC "),
              leaves.leaf(type, scope),
              " AND ",
              leaves.constant(type),
              ")");
      case 7 ->
          bool(
              "(",
              expressions.make("text", scope, depth - 1),
              dice.any(
                  " LIKE ", " ILIKE ", " SIMILAR TO ", " ~ ", " ~* ", " !~ ", " NOT LIKE ", " ^@ "),
              dice.chance(70) ? leaves.constant("text") : leaves.leaf("text", scope),
              ")");
      case 8 ->
          bool(
              "(",
              left,
              dice.any(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "),
              leaves.leaf(type, scope),
              ")");
      case 9 ->
          bool(
              "(",
              expressions.make("boolean", scope, depth - 1),
              dice.any(") IS TRUE", ") IS NOT FALSE", ") IS UNKNOWN"));
      case 10 ->
          bool(
              "(",
              expressions.make("text", scope, depth - 1),
              dice.any(") IS JSON", ") IS NORMALIZED"));
      case 11 -> exists(scope, depth);
      default ->
          bool(
              "(",
              left,
              dice.any(" = ", " <> ", " < ", " >= ", " > "),
              expressions.make(type, scope, depth - 2),
              ")");
    };
  }

  private static Part bool(Object... pieces) {
    return Part.expression("boolean", pieces);
  }

  private Part exists(Scope scope, int depth) {
    Relation relation = dice.of(List.copyOf(catalog.relations().values()));
    Scope inner = Scope.of(relation, "x").and(scope);
    return bool(
        "EXISTS (SELECT 1 FROM " + relation.name() + " x WHERE ",
        expressions.make("boolean", inner, depth - 1),
        ")");
  }

  /** A part compared with a constant of its type. */
  Part comparison(Part part) {
    String type = part.kind().substring(2);
    return bool("(", part, dice.any(" = ", " < ", " >= "), leaves.constant(type), ")");
  }
}
