package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An operator with its operands. A chain of one left-associative operator is one node and reads
 * from left to right.
 *
 * @param token index of the first token
 * @param operator which
 * @param operands one: prefix; two: infix; more: a chain
 */
public record Operation(int token, Operator operator, List<Expression> operands)
    implements Expression {
  public Operation {
    operands = List.copyOf(operands);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operator);
    operands.forEach(each);
  }
}
