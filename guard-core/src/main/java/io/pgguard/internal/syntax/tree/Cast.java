package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A cast: {@code x::t}, {@code CAST(x AS t)}, {@code t 'literal'}, INTERVAL.
 *
 * @param token index of the first token
 * @param operand of what
 * @param type to what
 */
public record Cast(int token, Expression operand, TypeName type) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    each.accept(type);
  }
}
