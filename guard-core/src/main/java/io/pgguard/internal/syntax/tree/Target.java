package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An output of a SELECT or RETURNING list.
 *
 * @param token index of the first token
 * @param value what; a {@link ColumnRef} with a star, or a {@link RowExpansion}, stands for several
 *     columns
 * @param alias the label; null if none was written
 */
public record Target(int token, Expression value, @Nullable String alias) implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(value);
  }
}
