package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * SEARCH of a recursive common table.
 *
 * @param token index of the first token
 * @param breadthFirst BREADTH FIRST; else DEPTH FIRST
 * @param columns BY
 * @param sequenceColumn SET: a column that it adds
 */
public record Search(int token, boolean breadthFirst, List<String> columns, String sequenceColumn)
    implements Node {
  public Search {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
