package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * IS [NOT] DISTINCT FROM.
 *
 * @param token index of the first token
 * @param left left side
 * @param right right side
 * @param negated NOT
 */
public record IsDistinct(int token, Expression left, Expression right, boolean negated)
    implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(left);
    each.accept(right);
  }
}
