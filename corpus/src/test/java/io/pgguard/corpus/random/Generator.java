package io.pgguard.corpus.random;

/**
 * Writes random statements; a seed and a number give the same statement every time. Thread-safe.
 */
final class Generator {
  private final SchemaModel schema;
  private final long seed;

  Generator(SchemaModel schema, long seed) {
    this.schema = schema;
    this.seed = seed;
  }

  RandomStatement statement(long number) {
    Dice dice = new Dice(seed, number);
    Draft.Reach reach = dice.of(Draft.Reach.OPEN, Draft.Reach.NEAR, Draft.Reach.HOT);
    Draft draft = new Draft(schema, dice, reach);
    Grammar grammar = new Grammar(draft);
    boolean writes = dice.chance(15);
    String sql =
        writes
            ? grammar.writes().statement()
            : grammar.queries().statement(1 + dice.next(3)).text();
    return new RandomStatement(number, sql, writes, draft.guardedRelation(), draft.hotColumn());
  }
}
