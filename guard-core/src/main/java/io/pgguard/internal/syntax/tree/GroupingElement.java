package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An element of GROUP BY.
 *
 * @param token index of the first token
 * @param kind which
 * @param expressions one for EXPRESSION, some for ROLLUP and CUBE, else none
 * @param elements the sets of GROUPING SETS, else none
 */
public record GroupingElement(
    int token, Kind kind, List<Expression> expressions, List<GroupingElement> elements)
    implements Node {
  /** Kinds of elements. */
  public enum Kind {
    EXPRESSION,
    EMPTY,
    ROLLUP,
    CUBE,
    SETS
  }

  public GroupingElement {
    expressions = List.copyOf(expressions);
    elements = List.copyOf(elements);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    expressions.forEach(each);
    elements.forEach(each);
  }
}
