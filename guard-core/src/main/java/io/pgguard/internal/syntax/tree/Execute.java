package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * EXECUTE.
 *
 * @param token index of the first token
 * @param name the prepared statement
 * @param arguments its parameters
 */
public record Execute(int token, String name, List<Expression> arguments) implements Statement {
  public Execute {
    arguments = List.copyOf(arguments);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    arguments.forEach(each);
  }
}
