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
 * @param action what is done
 * @param assignments SET
 * @param lock FOR of DO SELECT
 * @param where WHERE of DO UPDATE or DO SELECT
 */
public record OnConflict(
    int token,
    List<IndexElement> elements,
    @Nullable Expression indexWhere,
    @Nullable String constraint,
    Action action,
    List<Assignment> assignments,
    Locking.@Nullable Strength lock,
    @Nullable Expression where)
    implements Node {
  /** What is done with the row that is there. */
  public enum Action {
    NOTHING,
    UPDATE,
    /** RETURNING shows it (PostgreSQL 19). */
    SELECT
  }

  public OnConflict {
    elements = List.copyOf(elements);
    assignments = List.copyOf(assignments);
  }

  /** DO UPDATE. */
  public boolean update() {
    return action == Action.UPDATE;
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
