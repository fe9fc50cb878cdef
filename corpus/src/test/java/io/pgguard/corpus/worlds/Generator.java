package io.pgguard.corpus.worlds;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes cases, some of them out of what was admitted before: the same seed, and the same answers,
 * make the same cases. Not thread-safe.
 */
final class Generator {
  private static final int TRIES = 8;

  /** How often each script is made at the beginning, every other case. */
  private static final int ROUNDS = 3;

  /**
   * Of a hundred cases, how many are made by other constants of one that tells the worlds apart
   * directly.
   */
  private static final int CONSTANTS = 50;

  /** Of a hundred, how many are made of parts of those that tell the worlds apart directly. */
  private static final int MUTATED = 15;

  private final ServerCatalog catalog;
  private final Constants constants;
  private final Map<String, List<Form>> forms;
  private final List<ScriptMaker.Script> scripts;
  private final boolean own;
  private final Favour favour = new Favour();
  private final Pool telling = new Pool();

  /** By the number of a case that has not been told of yet: what it was drawn as. */
  private final Map<Long, String> drawn = new HashMap<>();

  private final long seed;
  private long number;

  Generator(ServerCatalog catalog, Constants constants, Setting setting, long seed) {
    this.catalog = catalog;
    this.constants = constants;
    this.own = setting.own();
    this.forms = Form.read(catalog.version());
    this.scripts =
        ScriptMaker.Script.read(catalog.version()).stream()
            .filter(script -> script.ownCatalog() == own || (own && script.hasPlaces()))
            .filter(script -> !script.hits() || !setting.guesses())
            .sorted(Comparator.comparing(script -> own != script.ownCatalog()))
            .toList();
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** The next case. */
  Case next(Predicate<Case> known) {
    return make(number++, known);
  }

  /**
   * Makes a case, a new one if it can.
   *
   * @param known whether its texts were made before
   */
  Case make(long number, Predicate<Case> known) {
    Dice dice = new Dice(seed * 1_000_003L + number * 0x9E3779B97F4A7C15L);
    Case made = make(number, dice, true);
    for (int tries = 0; tries < TRIES && known.test(made); tries++) {
      made = make(number, dice, tries < TRIES / 2);
    }
    return made;
  }

  /**
   * @param ofOthers whether it may be made of a case that was admitted before
   */
  private Case make(long number, Dice dice, boolean ofOthers) {
    drawn.remove(number);
    ExpressionMaker expressions = new ExpressionMaker(catalog, constants, forms, favour, dice);
    if (number % 2 == 0 && number / 2 < (long) ROUNDS * scripts.size()) {
      return scripted(number, scripts.get((int) (number / 2 % scripts.size())), expressions, dice);
    }
    int roll = dice.below(100);
    Mutation mutation = new Mutation(expressions, dice);
    if (ofOthers && roll < CONSTANTS && !telling.isEmpty()) {
      List<Case> some = dice.chance(60) ? telling.any() : telling.ofAnyKind(dice);
      return mutation.withOtherConstants(dice.of(some), number);
    }
    if (ofOthers && roll < CONSTANTS + MUTATED && !telling.isEmpty()) {
      Case mutated = mutation.of(telling(dice), telling(dice), number);
      for (int tries = 0; tries < 4 && !mutated.readsSecret(); tries++) {
        mutated = mutation.of(telling(dice), telling(dice), number);
      }
      return mutated;
    }
    if (dice.chance(own ? 80 : 40)) {
      ScriptMaker.Script script = dice.of(scripts);
      for (int tries = 0; tries < 3 && passedOver(script, dice); tries++) {
        script = dice.of(scripts);
      }
      return scripted(number, script, expressions, dice);
    }
    QueryMaker queries = new QueryMaker(catalog, expressions, dice);
    int depth = 1 + dice.below(4);
    QueryMaker.Query query = queries.query(depth);
    for (int tries = 0; tries < 3 && !favour.takes("query " + query.kind(), dice); tries++) {
      query = queries.query(depth);
    }
    drawn.put(number, "query " + query.kind());
    return dice.chance(12)
        ? new Case(
            number,
            "binary",
            List.of(Part.fixed(SocketWire.BOUND, query.part())),
            0,
            query.ordered())
        : new Case(number, query.kind(), List.of(query.part()), 0, query.ordered());
  }

  private boolean passedOver(ScriptMaker.Script script, Dice dice) {
    return own ? !script.ownCatalog() : !favour.takes(script.name(), dice);
  }

  private Case scripted(
      long number, ScriptMaker.Script script, ExpressionMaker expressions, Dice dice) {
    drawn.put(number, script.name());
    QueryMaker queries = new QueryMaker(catalog, expressions, dice);
    ScriptMaker maker = new ScriptMaker(catalog, expressions, queries, dice);
    return maker.make(number, script, 1 + dice.below(4));
  }

  private Case telling(Dice dice) {
    return dice.of(telling.ofAnyKind(dice));
  }

  /** What became of a case that this made. */
  void tell(Case made, boolean admitted) {
    for (String text : made.sql()) {
      Names.called(text).forEach(name -> favour.tell(name, admitted));
    }
    String as = drawn.remove(made.number());
    if (as != null) {
      favour.tell(as, admitted);
    }
  }

  /** A case that counted, and that tells the worlds apart directly: others are made of it. */
  void keep(Case made) {
    if (made.texts().get(made.main()).all().stream().anyMatch(Part::isExpression)) {
      telling.add(made);
    }
  }
}
