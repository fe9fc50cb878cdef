package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;

/** Makes SELECTs of every shape. Not thread-safe. */
final class QueryMaker {
  private final ServerCatalog catalog;
  private final ExpressionMaker expressions;
  private final Dice dice;
  private final FromMaker froms;

  QueryMaker(ServerCatalog catalog, ExpressionMaker expressions, Dice dice) {
    this.catalog = catalog;
    this.expressions = expressions;
    this.dice = dice;
    this.froms = new FromMaker(catalog, expressions, dice);
  }

  FromMaker froms() {
    return froms;
  }

  /** A query with its text's order, or without. */
  record Query(String kind, Part part, boolean ordered) {}

  Query query(int depth) {
    return switch (dice.below(16)) {
      case 0, 1 -> aggregate(depth);
      case 2 -> grouped(depth);
      case 3 -> window(depth);
      case 4 -> setOperation(depth);
      case 5 -> common(depth);
      case 6 -> new Query("set function", setFunction(depth), false);
      case 7 -> distinct(depth);
      case 8 -> ordered(depth);
      case 9 -> counted(depth);
      default -> new Query("select", plain(depth), false);
    };
  }

  Part plain(int depth) {
    FromMaker.From from = froms.from(depth);
    return Part.of(
        "q",
        "SELECT ",
        items(from.scope(), depth),
        " FROM ",
        from.part(),
        froms.where(from.scope(), 40, 25));
  }

  /** A type whose values can be told apart and put in order. */
  private String sortable(Scope scope) {
    String type = expressions.type(scope);
    while (type.matches(
        "json|xml|jsonpath|point|box|path|polygon|circle|lseg|line|person.*|pair|secret_box")) {
      type = expressions.type(scope);
    }
    return type;
  }

  private Part items(Scope scope, int depth) {
    expressions.want();
    List<Part> items = new ArrayList<>();
    for (int i = dice.chance(70) ? 1 : 2; i > 0; i--) {
      items.add(expressions.make(expressions.type(scope), scope, depth));
    }
    return Part.joined(", ", items);
  }

  private Query aggregate(int depth) {
    FromMaker.From from = froms.from(depth);
    expressions.want();
    Scope scope = from.scope().aggregating(true);
    Part item = dice.chance(40) ? count(from.scope(), depth) : aggregateItem(scope, depth);
    return new Query(
        "aggregate",
        Part.of("q", "SELECT ", item, " FROM ", from.part(), froms.where(from.scope(), 30, 25)),
        false);
  }

  private Part count(Scope scope, int depth) {
    Part inner = expressions.make(expressions.type(scope), scope, depth);
    return switch (dice.below(4)) {
      case 0 -> Part.expression("bigint", "count(DISTINCT ", inner, ")");
      case 1 ->
          Part.expression(
              "bigint", "count(*) FILTER (WHERE ", expressions.make("boolean", scope, depth), ")");
      default -> Part.expression("bigint", "count(", inner, ")");
    };
  }

  private Part aggregateItem(Scope scope, int depth) {
    for (int tries = 0; tries < 20; tries++) {
      String type = expressions.type(scope);
      List<Callable> giving = catalog.giving(type).stream().filter(c -> c.kind() == 'a').toList();
      if (!giving.isEmpty()) {
        return expressions.calls().call(dice.of(giving), type, type, scope, depth);
      }
    }
    return count(scope, depth);
  }

  private Query counted(int depth) {
    FromMaker.From from = froms.from(depth);
    expressions.want();
    return new Query(
        "count of subquery",
        Part.of(
            "q",
            "SELECT count(s.x), count(*) FROM (SELECT ",
            expressions.make(expressions.type(from.scope()), from.scope(), depth),
            " AS x FROM ",
            from.part(),
            froms.where(from.scope(), 40, 25),
            ") s"),
        false);
  }

  private Query grouped(int depth) {
    FromMaker.From from = froms.from(depth);
    Scope scope = from.scope();
    Part key = expressions.make(sortable(scope), dice.chance(60) ? scope.open() : scope, 1);
    Part having =
        dice.chance(25)
            ? Part.clause(" HAVING ", expressions.make("boolean", scope.aggregating(true), 2))
            : Part.clause();
    return new Query(
        "group",
        Part.of(
            "q",
            "SELECT ",
            aggregateItem(scope.aggregating(true), depth),
            " FROM ",
            from.part(),
            froms.where(scope, 20, 20),
            " GROUP BY ",
            key,
            having),
        false);
  }

  private Query window(int depth) {
    FromMaker.From from = froms.from(depth);
    Scope scope = from.scope();
    expressions.want();
    Callable callable = dice.of(catalog.windows());
    Part call = expressions.calls().call(callable, "text", "text", scope, depth);
    Part over =
        Part.fixed(
            " OVER (",
            dice.chance(40)
                ? Part.clause("PARTITION BY ", expressions.make(sortable(scope), scope, 1))
                : Part.clause(),
            " ORDER BY ",
            expressions.make(sortable(scope), dice.chance(70) ? scope.open() : scope, 1),
            ")");
    Part first =
        scope.columns().isEmpty() ? Part.fixed("1") : Part.fixed(scope.columns().get(0).sql());
    return new Query(
        "window",
        Part.of(
            "q",
            "SELECT ",
            first,
            ", ",
            call,
            over,
            " FROM ",
            from.part(),
            froms.where(scope, 20, 20)),
        false);
  }

  private Query setOperation(int depth) {
    FromMaker.From one = froms.from(depth - 1);
    FromMaker.From other = froms.from(depth - 1);
    expressions.want();
    String type = sortable(one.scope());
    return new Query(
        "set operation",
        Part.of(
            "q",
            "SELECT ",
            expressions.make(type, one.scope(), depth),
            " FROM ",
            one.part(),
            dice.any(" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT ", " EXCEPT ALL "),
            "SELECT ",
            expressions.make(type, other.scope(), depth - 1),
            " FROM ",
            other.part()),
        false);
  }

  private Query common(int depth) {
    FromMaker.From from = froms.from(depth - 1);
    expressions.want();
    String type = expressions.type(from.scope());
    Scope inner = new Scope(List.of(new Scope.Named("c.x", type, true)), false);
    return new Query(
        "common table",
        Part.of(
            "q",
            "WITH c(x) AS " + dice.any("", "MATERIALIZED ", "NOT MATERIALIZED ") + "(SELECT ",
            expressions.make(type, from.scope(), depth),
            " FROM ",
            from.part(),
            ") SELECT ",
            expressions.make(expressions.type(inner), inner, depth - 1),
            " FROM c",
            froms.where(inner, 20, 60)),
        false);
  }

  private Part setFunction(int depth) {
    Relation relation = froms.relation();
    Scope scope = Scope.of(relation, "a");
    expressions.want();
    Part call = expressions.calls().call(dice.of(catalog.sets()), "record", "text", scope, depth);
    return dice.chance(50)
        ? Part.of(
            "q", "SELECT ", call, " FROM " + relation.name() + " a", froms.where(scope, 30, 20))
        : Part.of("q", "SELECT count(*) FROM " + relation.name() + " a, LATERAL ", call, " AS f");
  }

  private Query distinct(int depth) {
    FromMaker.From from = froms.from(depth);
    expressions.want();
    return new Query(
        "distinct",
        Part.of(
            "q",
            "SELECT DISTINCT ",
            expressions.make(sortable(from.scope()), from.scope(), depth),
            " FROM ",
            from.part(),
            froms.where(from.scope(), 30, 20)),
        false);
  }

  private Query ordered(int depth) {
    FromMaker.From from = froms.from(depth);
    expressions.want();
    Scope scope = from.scope();
    Part first =
        scope.columns().isEmpty() ? Part.fixed("1") : Part.fixed(scope.columns().get(0).sql());
    Part limit = dice.chance(30) ? Part.clause(" LIMIT " + dice.below(4)) : Part.clause();
    return new Query(
        "order",
        Part.of(
            "q",
            "SELECT ",
            first,
            ", ",
            expressions.make(expressions.type(scope), scope, depth),
            " FROM ",
            from.part(),
            froms.where(scope, 30, 20),
            " ORDER BY ",
            expressions.make(
                sortable(scope), dice.chance(60) ? scope.open() : scope, dice.below(3)),
            dice.any("", " DESC", " NULLS FIRST"),
            ", ",
            first,
            limit),
        true);
  }
}
