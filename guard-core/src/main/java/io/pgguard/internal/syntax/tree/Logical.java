package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * AND or OR over two or more terms.
 *
 * @param token index of the first token
 * @param and AND; else OR
 * @param terms two or more
 */
public record Logical(int token, boolean and, List<Expression> terms) implements Expression {
  public Logical {
    terms = List.copyOf(terms);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    terms.forEach(each);
  }
}
