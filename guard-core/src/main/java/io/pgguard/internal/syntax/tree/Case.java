package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CASE.
 *
 * @param token index of the first token
 * @param operand CASE x WHEN
 * @param whens at least one
 * @param otherwise ELSE
 */
public record Case(
    int token, @Nullable Expression operand, List<When> whens, @Nullable Expression otherwise)
    implements Expression {
  public Case {
    whens = List.copyOf(whens);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (operand != null) {
      each.accept(operand);
    }
    whens.forEach(each);
    if (otherwise != null) {
      each.accept(otherwise);
    }
  }
}
