package io.pgguard.statement;

import java.util.List;

/** Reads the facts of one statement and of those that it carries. Used by one thread. */
final class FactsReader {
  // Deeper than any grammar rule but routine bodies in routine bodies goes.
  private static final int MAX_CARRIED = 8;

  private final Tokens tokens;
  private final Brackets brackets;

  FactsReader(Tokens tokens, Brackets brackets) {
    this.tokens = tokens;
    this.brackets = brackets;
  }

  /** The facts of what cannot be read: nothing is known, so the most severe is assumed. */
  StatementFacts unknown(int from, int to) {
    FactsBuilder facts = new FactsBuilder(from, to);
    facts.nestingDepth = depth(from, to);
    for (int i = from; i < to; i++) {
      if (tokens.isIdentifier(i)) {
        facts.relations.add(Name.of(tokens.value(i)));
        facts.functions.add(Name.of(tokens.value(i)));
      }
    }
    PolicyWords.settle(facts);
    return facts.build(tokens);
  }

  StatementFacts read(int from, int to) {
    return read(from, to, 0);
  }

  private StatementFacts read(int from, int to, int carriedDepth) {
    Span span = new Span(tokens, brackets, from, to);
    FactsBuilder facts = new FactsBuilder(from, to);
    facts.kind = KindReader.kind(span);
    if (facts.kind == StatementKind.UNKNOWN || carriedDepth > MAX_CARRIED) {
      return unknown(from, to);
    }
    facts.nestingDepth = depth(from, to);
    DetailReader.read(span, facts);
    List<Span> carried = CarriedReader.carried(span, facts);
    for (Span inner : carried) {
      facts.carry(read(inner.from(), inner.to(), carriedDepth + 1));
    }
    new MentionScanner(span, first(facts.kind), facts, carried).scan();
    if (facts.malformed) {
      return unknown(from, to);
    }
    DetailReader.changes(span, facts);
    PolicyWords.settle(facts);
    return facts.build(tokens);
  }

  private static ScanState first(StatementKind kind) {
    return switch (kind) {
      case SELECT, INSERT, UPDATE, DELETE, MERGE -> ScanState.STATEMENT;
      default -> ScanState.UTILITY;
    };
  }

  private int depth(int from, int to) {
    int depth = 0;
    int deepest = 0;
    for (int i = from; i < to; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        deepest = Math.max(deepest, ++depth);
      } else if (tokens.is(i, ')') || tokens.is(i, ']')) {
        depth--;
      }
    }
    return deepest;
  }
}
