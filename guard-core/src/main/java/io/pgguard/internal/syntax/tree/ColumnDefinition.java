package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of a column definition list.
 *
 * @param token index of the first token
 * @param name its name
 * @param type its type
 * @param collation COLLATE
 */
public record ColumnDefinition(int token, String name, TypeName type, @Nullable Name collation)
    implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(type);
    if (collation != null) {
      each.accept(collation);
    }
  }
}
