package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * MERGE.
 *
 * @param token index of the first token
 * @param with WITH
 * @param relation the target
 * @param source USING
 * @param on ON
 * @param whens WHEN
 * @param returning RETURNING
 */
public record Merge(
    int token,
    @Nullable With with,
    RelationItem relation,
    FromItem source,
    Expression on,
    List<MergeWhen> whens,
    @Nullable Returning returning)
    implements Statement {
  public Merge {
    whens = List.copyOf(whens);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (with != null) {
      each.accept(with);
    }
    each.accept(relation);
    each.accept(source);
    each.accept(on);
    whens.forEach(each);
    if (returning != null) {
      each.accept(returning);
    }
  }
}
