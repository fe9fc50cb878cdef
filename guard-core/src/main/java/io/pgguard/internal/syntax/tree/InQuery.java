package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * IN (query).
 *
 * @param token index of the first token
 * @param operand of what
 * @param query the query
 * @param negated NOT
 */
public record InQuery(int token, Expression operand, Query query, boolean negated)
    implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    each.accept(query);
  }
}
