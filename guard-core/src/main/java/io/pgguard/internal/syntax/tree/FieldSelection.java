package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code (x).f}; functional notation, when f is no field.
 *
 * @param token index of the first token
 * @param operand of what
 * @param field the name
 */
public record FieldSelection(int token, Expression operand, String field) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
  }
}
