package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code x[i]} or a slice {@code x[i:j]}.
 *
 * @param token index of the first token
 * @param operand of what
 * @param slice has a colon
 * @param lower the subscript, or the lower bound
 * @param upper the upper bound
 */
public record Subscript(
    int token,
    Expression operand,
    boolean slice,
    @Nullable Expression lower,
    @Nullable Expression upper)
    implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    if (lower != null) {
      each.accept(lower);
    }
    if (upper != null) {
      each.accept(upper);
    }
  }
}
