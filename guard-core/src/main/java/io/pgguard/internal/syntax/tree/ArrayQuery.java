package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code ARRAY(query)}.
 *
 * @param token index of the first token
 * @param query the query
 */
public record ArrayQuery(int token, Query query) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(query);
  }
}
