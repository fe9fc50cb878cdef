package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * DISTINCT.
 *
 * @param token index of the first token
 * @param on the expressions of DISTINCT ON; empty for plain DISTINCT
 */
public record Distinct(int token, List<Expression> on) implements Node {
  public Distinct {
    on = List.copyOf(on);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    on.forEach(each);
  }
}
