package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A relation by name; perhaps a common table.
 *
 * @param token index of the first token
 * @param name as written: [catalog.][schema.]name
 * @param only ONLY: without descendants
 * @param alias AS
 * @param sample TABLESAMPLE
 */
public record RelationItem(
    int token, Name name, boolean only, @Nullable Alias alias, @Nullable TableSample sample)
    implements FromItem {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
    if (alias != null) {
      each.accept(alias);
    }
    if (sample != null) {
      each.accept(sample);
    }
  }
}
