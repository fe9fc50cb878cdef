package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A field or subscript below a column.
 *
 * @param token index of the first token
 * @param field the field; null for a subscript
 * @param slice has a colon
 * @param lower the subscript, or the lower bound
 * @param upper the upper bound
 */
public record Accessor(
    int token,
    @Nullable String field,
    boolean slice,
    @Nullable Expression lower,
    @Nullable Expression upper)
    implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    if (lower != null) {
      each.accept(lower);
    }
    if (upper != null) {
      each.accept(upper);
    }
  }
}
