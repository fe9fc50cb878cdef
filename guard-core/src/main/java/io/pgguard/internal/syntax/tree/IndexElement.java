package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An element of a conflict target.
 *
 * @param token index of the first token
 * @param value a column or an expression
 * @param collation COLLATE
 * @param operatorClass the operator class
 */
public record IndexElement(
    int token, Expression value, @Nullable Name collation, @Nullable Name operatorClass)
    implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(value);
    if (collation != null) {
      each.accept(collation);
    }
    if (operatorClass != null) {
      each.accept(operatorClass);
    }
  }
}
