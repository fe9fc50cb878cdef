package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WHEN of MERGE.
 *
 * @param token index of the first token
 * @param match for which rows
 * @param condition AND
 * @param action what to do
 * @param assignments of UPDATE
 * @param columns of INSERT; none for all
 * @param overriding of INSERT
 * @param values of INSERT; none for DEFAULT VALUES
 */
public record MergeWhen(
    int token,
    Match match,
    @Nullable Expression condition,
    Action action,
    List<Assignment> assignments,
    List<AssignmentTarget> columns,
    Overriding overriding,
    List<Expression> values)
    implements Node {
  /** For which rows. */
  public enum Match {
    MATCHED,
    NOT_MATCHED_BY_SOURCE,
    NOT_MATCHED_BY_TARGET
  }

  /** What to do. */
  public enum Action {
    UPDATE,
    DELETE,
    INSERT,
    NOTHING
  }

  public MergeWhen {
    assignments = List.copyOf(assignments);
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (condition != null) {
      each.accept(condition);
    }
    assignments.forEach(each);
    columns.forEach(each);
    values.forEach(each);
  }
}
