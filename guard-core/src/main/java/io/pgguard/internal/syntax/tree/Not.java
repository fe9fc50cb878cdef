package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * NOT.
 *
 * @param token index of the first token
 * @param operand of what
 */
public record Not(int token, Expression operand) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
  }
}
