package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * GROUP BY.
 *
 * @param token index of the first token
 * @param distinct GROUP BY DISTINCT
 * @param elements at least one
 */
public record GroupBy(int token, boolean distinct, List<GroupingElement> elements) implements Node {
  public GroupBy {
    elements = List.copyOf(elements);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    elements.forEach(each);
  }
}
