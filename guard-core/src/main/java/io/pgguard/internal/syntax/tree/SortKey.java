package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An element of ORDER BY.
 *
 * @param token index of the first token
 * @param value by what
 * @param descending DESC
 * @param using USING operator
 * @param nulls where nulls go
 */
public record SortKey(
    int token, Expression value, boolean descending, @Nullable Operator using, Nulls nulls)
    implements Node {
  /** Where nulls go. */
  public enum Nulls {
    DEFAULT,
    FIRST,
    LAST
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(value);
    if (using != null) {
      each.accept(using);
    }
  }
}
