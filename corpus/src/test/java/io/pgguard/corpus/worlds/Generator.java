package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes cases, some of them out of what was admitted before: the same seed, and the same answers,
 * make the same cases. Not thread-safe.
 */
final class Generator {
  /** Of each kind. */
  private static final int POOL = 150;

  private final ServerCatalog catalog;
  private final Constants constants;
  private final Map<String, List<Form>> forms = Form.read();
  private final List<ScriptMaker.Script> scripts;
  private final boolean own;
  private final Favour favour = new Favour();
  private final Map<String, List<Case>> pool = new TreeMap<>();
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
      Mutation mutation = new Mutation(expressions, dice);
      Case mutated = mutation.of(kept(dice), kept(dice), number);
      for (int tries = 0; tries < 4 && !mutated.readsSecret(); tries++) {
        mutated = mutation.of(kept(dice), kept(dice), number);
      }
      return mutated;
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

  private Case kept(Dice dice) {
    return dice.of(pool.getOrDefault(dice.of(List.copyOf(pool.keySet())), List.of()));
  }

  /** What became of a case that this made. */
  void tell(Case made, boolean admitted) {
    for (String text : made.sql()) {
      Names.called(text).forEach(name -> favour.tell(name, admitted));
    }
  }

  /** A case that counted, and that tells the worlds apart directly: others are made of it. */
  void keep(Case made) {
    if (made.texts().get(made.main()).all().stream().noneMatch(Part::isExpression)) {
      return;
    }
    List<Case> same = pool.computeIfAbsent(made.kind(), kind -> new ArrayList<>());
    if (same.size() < POOL) {
      same.add(made);
    } else {
      same.set(Math.floorMod(made.number() * 0x9E3779B97F4A7C15L, POOL), made);
    }
  }
}
