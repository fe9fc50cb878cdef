package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * COLLATE.
 *
 * @param token index of the first token
 * @param operand of what
 * @param collation which
 */
public record Collate(int token, Expression operand, Name collation) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    each.accept(collation);
  }
}
