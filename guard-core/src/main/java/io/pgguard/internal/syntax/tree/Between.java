package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * BETWEEN.
 *
 * @param token index of the first token
 * @param operand of what
 * @param low from
 * @param high to
 * @param symmetric SYMMETRIC
 * @param negated NOT
 */
public record Between(
    int token,
    Expression operand,
    Expression low,
    Expression high,
    boolean symmetric,
    boolean negated)
    implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    each.accept(low);
    each.accept(high);
  }
}
