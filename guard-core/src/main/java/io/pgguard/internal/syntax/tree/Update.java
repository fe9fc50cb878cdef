package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE.
 *
 * @param token index of the first token
 * @param with WITH
 * @param relation the target
 * @param assignments SET
 * @param from FROM
 * @param where WHERE, or {@link CurrentOf}
 * @param returning RETURNING
 */
public record Update(
    int token,
    @Nullable With with,
    RelationItem relation,
    List<Assignment> assignments,
    List<FromItem> from,
    @Nullable Expression where,
    @Nullable Returning returning)
    implements Statement {
  public Update {
    assignments = List.copyOf(assignments);
    from = List.copyOf(from);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (with != null) {
      each.accept(with);
    }
    each.accept(relation);
    assignments.forEach(each);
    from.forEach(each);
    if (where != null) {
      each.accept(where);
    }
    if (returning != null) {
      each.accept(returning);
    }
  }
}
