package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.tree.Delete;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Merge;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.Update;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /**
   * Whether it writes a lasting relation by what temporary ones of the session hold: nobody else
   * sees those, so nobody can count by them.
   */
  boolean reads(SessionObjects objects) {
    Set<String> temporary = objects.temporaryRelations().keySet();
    boolean mentions =
        !temporary.isEmpty()
            && facts.relationMentions().stream().anyMatch(name -> temporary.contains(name.name()));
    return mentions && changes() && !temporary.contains(target());
  }

  private boolean changes() {
    return facts.kind() != StatementKind.SELECT || facts.dataModifyingWith();
  }

  /** The plain name of the one relation that is written; empty where there may be more. */
  private String target() {
    if (!(StatementJudge.tree(facts, tokens) instanceof ParseResult.Parsed parsed)
        || facts.dataModifyingWith()) {
      return "";
    }
    Statement statement = parsed.statement();
    Name name =
        statement instanceof Insert insert
            ? insert.relation()
            : statement instanceof Update update
                ? update.relation().name()
                : statement instanceof Delete delete
                    ? delete.relation().name()
                    : statement instanceof Merge merge ? merge.relation().name() : null;
    return name != null && name.parts().size() == 1 ? name.last() : "";
  }

  boolean hasParameters() {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, TokenKind.PARAMETER)) {
        return true;
      }
    }
    return false;
  }
}
