package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An element of SET.
 *
 * @param token index of the first token
 * @param targets one; more for {@code (a, b) = ...}
 * @param multiple written with parentheses around the targets
 * @param value the value; a row or subquery when multiple
 */
public record Assignment(
    int token, List<AssignmentTarget> targets, boolean multiple, Expression value) implements Node {
  public Assignment {
    targets = List.copyOf(targets);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    targets.forEach(each);
    each.accept(value);
  }
}
