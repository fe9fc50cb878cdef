package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A WITH clause.
 *
 * @param token index of the first token
 * @param recursive RECURSIVE
 * @param tables at least one
 */
public record With(int token, boolean recursive, List<CommonTable> tables) implements Node {
  public With {
    tables = List.copyOf(tables);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    tables.forEach(each);
  }
}
