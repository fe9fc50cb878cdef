package io.pgguard.corpus.random;

/** The parts of the generator that write one statement together. Not thread-safe. */
final class Grammar {
  private final Draft draft;
  private final ExpressionMaker expressions = new ExpressionMaker(this);
  private final TextMaker texts = new TextMaker(this);
  private final JsonMaker json = new JsonMaker(this);
  private final PredicateMaker predicates = new PredicateMaker(this);
  private final AggregateMaker aggregates = new AggregateMaker(this);
  private final FromMaker froms = new FromMaker(this);
  private final EntryMaker entries = new EntryMaker(this);
  private final SelectMaker selects = new SelectMaker(this);
  private final QueryMaker queries = new QueryMaker(this);
  private final WriteMaker writes = new WriteMaker(this);

  Grammar(Draft draft) {
    this.draft = draft;
  }

  Draft draft() {
    return draft;
  }

  Dice dice() {
    return draft.dice();
  }

  ExpressionMaker expressions() {
    return expressions;
  }

  TextMaker texts() {
    return texts;
  }

  JsonMaker json() {
    return json;
  }

  PredicateMaker predicates() {
    return predicates;
  }

  AggregateMaker aggregates() {
    return aggregates;
  }

  FromMaker froms() {
    return froms;
  }

  EntryMaker entries() {
    return entries;
  }

  SelectMaker selects() {
    return selects;
  }

  QueryMaker queries() {
    return queries;
  }

  WriteMaker writes() {
    return writes;
  }
}
