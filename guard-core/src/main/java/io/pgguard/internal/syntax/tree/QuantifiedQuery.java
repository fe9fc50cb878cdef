package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code left op ANY|ALL (query)}.
 *
 * @param token index of the first token
 * @param left left side
 * @param operator which
 * @param all ALL; else ANY or SOME
 * @param query the query
 */
public record QuantifiedQuery(
    int token, Expression left, Operator operator, boolean all, Query query) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(left);
    each.accept(operator);
    each.accept(query);
  }
}
