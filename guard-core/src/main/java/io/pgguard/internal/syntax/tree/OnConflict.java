package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * ON CONFLICT.
 *
 * @param token index of the first token
 * @param elements the conflict target's
 * @param indexWhere the conflict target's WHERE
 * @param constraint ON CONSTRAINT
 * @param update DO UPDATE; else DO NOTHING
 * @param assignments SET
 * @param where WHERE of DO UPDATE
 */
public record OnConflict(
    int token,
    List<IndexElement> elements,
    @Nullable Expression indexWhere,
    @Nullable String constraint,
    boolean update,
    List<Assignment> assignments,
    @Nullable Expression where)
    implements Node {
  public OnConflict {
    elements = List.copyOf(elements);
    assignments = List.copyOf(assignments);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    elements.forEach(each);
    if (indexWhere != null) {
      each.accept(indexWhere);
    }
    assignments.forEach(each);
    if (where != null) {
      each.accept(where);
    }
  }
}
