package io.pgguard.statement;

import java.util.List;

/**
 * A text that was read: its tokens and the facts of each statement in it. Immutable.
 *
 * @param text the text as given
 * @param tokens all its tokens
 * @param statements one for each statement, in order; empty ones are left out
 */
public record StatementText(String text, Tokens tokens, List<StatementFacts> statements) {
  public StatementText {
    statements = List.copyOf(statements);
  }

  /** Whether the text holds more than one statement. */
  public boolean multiple() {
    return statements.size() > 1;
  }

  /** Whether the text holds no statement: white space, comments, semicolons. */
  public boolean empty() {
    return statements.isEmpty();
  }
}
