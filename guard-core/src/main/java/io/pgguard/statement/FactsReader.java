package io.pgguard.statement;

/** Reads the facts of one statement. Used by one thread. */
final class FactsReader {
  private final Tokens tokens;
  private final Brackets brackets;

  FactsReader(Tokens tokens, Brackets brackets) {
    this.tokens = tokens;
    this.brackets = brackets;
  }

  StatementFacts unknown(int from, int to) {
    FactsBuilder facts = new FactsBuilder(from, to);
    facts.policyWords.addAll(StatementKind.UNKNOWN.policyWords());
    return facts.build(tokens);
  }

  StatementFacts read(int from, int to) {
    return brackets.balanced() ? unknown(from, to) : unknown(from, to);
  }
}
