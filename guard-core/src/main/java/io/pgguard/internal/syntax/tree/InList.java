package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * IN (list).
 *
 * @param token index of the first token
 * @param operand of what
 * @param values at least one
 * @param negated NOT
 */
public record InList(int token, Expression operand, List<Expression> values, boolean negated)
    implements Expression {
  public InList {
    values = List.copyOf(values);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    values.forEach(each);
  }
}
