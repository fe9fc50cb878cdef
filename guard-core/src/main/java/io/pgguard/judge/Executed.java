package io.pgguard.judge;

import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement that runs in the end: what EXPLAIN ANALYZE and COPY carry, and what EXECUTE was
 * prepared as, with the values that it is given. What it would change is what they would change.
 * Immutable.
 *
 * @param facts the statement
 * @param tokens the text in which it stands
 */
record Executed(StatementFacts facts, Tokens tokens) {

  /** Follows a statement; one that carries nothing, or runs nothing of it, is its own. */
  static Executed of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    boolean runs = facts.kind() == StatementKind.COPY || facts.analyze();
    if (runs && facts.carried().size() == 1) {
      return of(facts.carried().get(0), tokens, perspective);
    }
    if (facts.kind() == StatementKind.EXECUTE) {
      StatementAnalysis prepared =
          facts.statementName().map(perspective.prepared()::get).orElse(null);
      Executed bound = prepared == null ? null : bound(facts, tokens, prepared);
      return bound == null ? new Executed(facts, tokens) : bound;
    }
    return new Executed(facts, tokens);
  }

  /** What was prepared, its parameters replaced; null where PREPARE carries no one statement. */
  private static @Nullable Executed bound(
      StatementFacts execute, Tokens tokens, StatementAnalysis prepared) {
    try {
      StatementText prepare = StatementReader.read(prepared.text());
      List<StatementFacts> carried =
          prepare.statements().size() == 1
              ? prepare.statements().get(0).carried()
              : List.<StatementFacts>of();
      if (carried.size() != 1) {
        return null;
      }
      List<String> types = list(prepare.tokens(), 0, carried.get(0).from());
      List<String> values = list(tokens, execute.from(), execute.to());
      String text =
          BoundText.of(
              prepare.tokens(),
              carried.get(0).from(),
              carried.get(0).to(),
              number -> literal(values, types, number));
      StatementText read = StatementReader.read(text == null ? carried.get(0).text() : text);
      return read.statements().size() == 1
          ? new Executed(read.statements().get(0), read.tokens())
          : null;
    } catch (LexicalException e) {
      return null; // it was read before, so this does not come; nothing is known then
    }
  }

  private static @Nullable String literal(List<String> values, List<String> types, int number) {
    if (number < 1 || number > values.size()) {
      return null;
    }
    String value = values.get(number - 1);
    boolean typed = number <= types.size() && !types.get(number - 1).strip().equals("unknown");
    return typed ? "CAST(" + value + " AS " + types.get(number - 1) + ")" : value;
  }

  /** The elements of the bracketed list behind a statement's name, as they are written. */
  private static List<String> list(Tokens tokens, int from, int to) {
    List<String> elements = new ArrayList<>();
    int open = from + 2;
    if (open >= to || !tokens.is(open, '(')) {
      return elements;
    }
    int depth = 0;
    int start = open + 1;
    for (int i = open; i < to; i++) {
      if (tokens.is(i, '(') || tokens.is(i, '[')) {
        depth++;
      } else if (tokens.is(i, ')') || tokens.is(i, ']')) {
        depth--;
      }
      if (depth == 0 || (depth == 1 && tokens.is(i, ','))) {
        if (i > start) {
          elements.add(tokens.source().substring(tokens.start(start), tokens.end(i - 1)) + "\n");
        }
        start = i + 1;
      }
      if (depth == 0) {
        break;
      }
    }
    return elements;
  }
}
