package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code RETURN expression}: the body, or the last statement, of a SQL function.
 *
 * @param token index of the first token
 * @param value the result
 */
public record ReturnBody(int token, Expression value) implements Statement {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(value);
  }
}
