package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * INSERT.
 *
 * @param token index of the first token
 * @param with WITH
 * @param relation INTO
 * @param alias AS
 * @param columns the columns; none for all
 * @param overriding OVERRIDING
 * @param source the rows; null for DEFAULT VALUES
 * @param onConflict ON CONFLICT
 * @param returning RETURNING
 */
public record Insert(
    int token,
    @Nullable With with,
    Name relation,
    @Nullable String alias,
    List<AssignmentTarget> columns,
    Overriding overriding,
    @Nullable Query source,
    @Nullable OnConflict onConflict,
    @Nullable Returning returning)
    implements Statement {
  public Insert {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (with != null) {
      each.accept(with);
    }
    each.accept(relation);
    columns.forEach(each);
    if (source != null) {
      each.accept(source);
    }
    if (onConflict != null) {
      each.accept(onConflict);
    }
    if (returning != null) {
      each.accept(returning);
    }
  }
}
