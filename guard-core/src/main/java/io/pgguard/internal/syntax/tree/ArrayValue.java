package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * {@code ARRAY[...]}; inner brackets are nodes of their own.
 *
 * @param token index of the first token
 * @param elements its elements
 */
public record ArrayValue(int token, List<Expression> elements) implements Expression {
  public ArrayValue {
    elements = List.copyOf(elements);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    elements.forEach(each);
  }
}
