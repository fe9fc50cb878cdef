package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A column that is assigned to, perhaps a part of it.
 *
 * @param token index of the first token
 * @param column the column
 * @param path fields and subscripts below it
 */
public record AssignmentTarget(int token, String column, List<Accessor> path) implements Node {
  public AssignmentTarget {
    path = List.copyOf(path);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    path.forEach(each);
  }
}
