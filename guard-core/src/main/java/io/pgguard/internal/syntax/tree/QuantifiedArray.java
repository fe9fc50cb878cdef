package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code left op ANY|ALL (array)}; LIKE ANY is here with operator {@code ~~}.
 *
 * @param token index of the first token
 * @param left left side
 * @param operator which
 * @param all ALL; else ANY or SOME
 * @param array the array
 */
public record QuantifiedArray(
    int token, Expression left, Operator operator, boolean all, Expression array)
    implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(left);
    each.accept(operator);
    each.accept(array);
  }
}
