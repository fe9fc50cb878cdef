package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A subquery as a value.
 *
 * @param token index of the first token
 * @param query the query
 */
public record ScalarSubquery(int token, Query query) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(query);
  }
}
