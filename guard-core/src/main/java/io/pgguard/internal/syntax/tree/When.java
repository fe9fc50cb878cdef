package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A branch of CASE.
 *
 * @param token index of the first token
 * @param condition WHEN
 * @param result THEN
 */
public record When(int token, Expression condition, Expression result) implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(condition);
    each.accept(result);
  }
}
