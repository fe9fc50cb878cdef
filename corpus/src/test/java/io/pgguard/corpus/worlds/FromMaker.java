package io.pgguard.corpus.worlds;

import java.util.List;

/** Makes what stands behind FROM and WHERE. Not thread-safe. */
final class FromMaker {
  private final ServerCatalog catalog;
  private final ExpressionMaker expressions;
  private final Dice dice;
  private final List<Relation> secret;
  private final List<Relation> all;

  FromMaker(ServerCatalog catalog, ExpressionMaker expressions, Dice dice) {
    this.catalog = catalog;
    this.expressions = expressions;
    this.dice = dice;
    this.all = List.copyOf(catalog.relations().values());
    this.secret = all.stream().filter(Relation::secret).toList();
  }

  /** A FROM and what can be named behind it. */
  record From(Part part, Scope scope, String first) {}

  Relation relation() {
    if (dice.chance(35)) {
      return one("vault");
    }
    if (dice.chance(35)) {
      return one("person");
    }
    Relation relation = dice.chance(85) ? dice.of(secret) : dice.of(all);
    boolean rare = relation.name().matches("(part|listed)_.*");
    return rare && dice.chance(97) ? one("person") : relation;
  }

  private Relation one(String name) {
    return all.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  From from(int depth) {
    Relation relation = relation();
    Scope scope = Scope.of(relation, "a");
    Part part = Part.fixed(relation.name() + " a");
    int roll = dice.below(20);
    if (depth <= 0 || roll < 12) {
      return new From(part, scope, relation.name());
    }
    if (roll < 14) {
      Relation other = relation();
      Scope both = scope.and(Scope.of(other, "b"));
      Part on =
          dice.chance(70)
              ? Part.fixed(
                  "a." + relation.columns().get(0).name() + " = b." + other.columns().get(0).name())
              : expressions.make("boolean", both, 1);
      return new From(
          Part.fixed(
              part, dice.any(" JOIN ", " LEFT JOIN ", " FULL JOIN ") + other.name() + " b ON ", on),
          both,
          relation.name());
    }
    if (roll < 16) {
      String type = expressions.type(scope);
      Scope inner = Scope.of(relation, "i");
      Part item = expressions.make(type, inner, depth);
      Scope derived =
          new Scope(
              List.of(
                  new Scope.Named("a.x", type, true),
                  new Scope.Named("a.y", relation.columns().get(0).type(), false)),
              false);
      return new From(
          Part.fixed(
              "(SELECT ",
              item,
              " AS x, i."
                  + relation.columns().get(0).name()
                  + " AS y FROM "
                  + relation.name()
                  + " i) a"),
          derived,
          relation.name());
    }
    if (roll < 18) {
      Callable set = dice.of(catalog.sets());
      Part call = expressions.calls().call(set, "record", "text", scope, 2);
      return new From(Part.fixed(part, ", LATERAL ", call, " AS f"), scope, relation.name());
    }
    return new From(
        Part.fixed(part, ", (VALUES (1, 'a'), (2, NULL)) AS l(n, t)"),
        scope.and(
            new Scope(
                List.of(
                    new Scope.Named("l.n", "integer", false),
                    new Scope.Named("l.t", "text", false)),
                false)),
        relation.name());
  }

  /** A WHERE, mostly over unprotected columns. */
  Part where(Scope scope, int percent, int secretPercent) {
    if (!dice.chance(percent)) {
      return Part.clause();
    }
    if (dice.chance(65)) {
      List<Scope.Named> ids = scope.of("integer", false);
      if (!ids.isEmpty()) {
        return Part.clause(
            " WHERE " + ids.get(0).sql() + dice.any(" = 1", " = 4", " < 3", " IN (2, 4)"));
      }
    }
    Scope seen = dice.chance(secretPercent) ? scope : scope.open();
    return Part.clause(" WHERE ", expressions.make("boolean", seen, 2));
  }
}
