package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * DELETE.
 *
 * @param token index of the first token
 * @param with WITH
 * @param relation the target
 * @param using USING
 * @param where WHERE, or {@link CurrentOf}
 * @param returning RETURNING
 */
public record Delete(
    int token,
    @Nullable With with,
    RelationItem relation,
    List<FromItem> using,
    @Nullable Expression where,
    @Nullable Returning returning)
    implements Statement {
  public Delete {
    using = List.copyOf(using);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (with != null) {
      each.accept(with);
    }
    each.accept(relation);
    using.forEach(each);
    if (where != null) {
      each.accept(where);
    }
    if (returning != null) {
      each.accept(returning);
    }
  }
}
