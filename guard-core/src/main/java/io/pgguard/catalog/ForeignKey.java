package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A foreign key ({@code pg_constraint}). Immutable.
 *
 * @param referenced OID of the relation that it points to
 * @param referencing OID of the relation that it belongs to
 * @param referencedColumns attribute numbers that it points to
 * @param referencingColumns attribute numbers that point there, in the same order
 * @param onDelete what becomes of the referring rows when the row goes
 * @param onUpdate what becomes of them when its key changes
 */
public record ForeignKey(
    int referenced,
    int referencing,
    List<Integer> referencedColumns,
    List<Integer> referencingColumns,
    Action onDelete,
    Action onUpdate) {
  public ForeignKey {
    referencedColumns = List.copyOf(referencedColumns);
    referencingColumns = List.copyOf(referencingColumns);
    Objects.requireNonNull(onDelete, "onDelete");
    Objects.requireNonNull(onUpdate, "onUpdate");
  }

  /** What the server does to the referring rows by itself. */
  public enum Action {
    /** Nothing but fail, now or at the end. */
    NONE,
    CASCADE,
    SET_NULL,
    SET_DEFAULT;

    static Action of(char letter) {
      return switch (letter) {
        case 'c' -> CASCADE;
        case 'n' -> SET_NULL;
        case 'd' -> SET_DEFAULT;
        default -> NONE;
      };
    }
  }
}
