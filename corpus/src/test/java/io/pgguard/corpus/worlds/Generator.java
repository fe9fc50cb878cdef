package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes cases, some of them out of what was admitted before: the same seed, and the same answers,
 * make the same cases. Not thread-safe.
 */
final class Generator {
  private static final int POOL = 2_000;

  private final ServerCatalog catalog;
  private final Constants constants;
  private final Map<String, List<Form>> forms = Form.read();
  private final List<ScriptMaker.Script> scripts;
  private final boolean own;
  private final Favour favour = new Favour();
  private final List<Case> pool = new ArrayList<>();
  private final long seed;

  Generator(ServerCatalog catalog, Constants constants, boolean own, long seed) {
    this.catalog = catalog;
    this.constants = constants;
    this.own = own;
    this.scripts =
        ScriptMaker.Script.read().stream()
            .filter(script -> script.ownCatalog() == own || (own && script.hasPlaces()))
            .toList();
    this.seed = seed;
  }

  Case make(long number) {
    Dice dice = new Dice(seed * 1_000_003L + number * 0x9E3779B97F4A7C15L);
    ExpressionMaker expressions = new ExpressionMaker(catalog, constants, forms, favour, dice);
    if (!pool.isEmpty() && dice.chance(35)) {
      return new Mutation(expressions, dice).of(dice.of(pool), dice.of(pool), number);
    }
    QueryMaker queries = new QueryMaker(catalog, expressions, dice);
    int depth = 1 + dice.below(4);
    if (dice.chance(own ? 80 : 35)) {
      ScriptMaker.Script script = dice.of(scripts);
      for (int tries = 0; own && tries < 3 && !script.ownCatalog(); tries++) {
        script = dice.of(scripts);
      }
      return new ScriptMaker(catalog, expressions, queries, dice).make(number, script, depth);
    }
    QueryMaker.Query query = queries.query(depth);
    return dice.chance(12)
        ? new Case(
            number,
            "binary",
            List.of(Part.fixed(SocketWire.BOUND, query.part())),
            0,
            query.ordered())
        : new Case(number, query.kind(), List.of(query.part()), 0, query.ordered());
  }

  /** What became of a case that this made. */
  void tell(Case made, boolean admitted, boolean counted) {
    for (String text : made.sql()) {
      Names.called(text).forEach(name -> favour.tell(name, admitted));
    }
    if (counted && made.texts().get(made.main()).all().stream().anyMatch(Part::isExpression)) {
      if (pool.size() < POOL) {
        pool.add(made);
      } else {
        pool.set(Math.floorMod(made.number() * 0x9E3779B97F4A7C15L, POOL), made);
      }
    }
  }
}
