package io.pgguard.policy;

import io.pgguard.mask.Mask;
import java.util.List;
import java.util.Objects;

/**
 * Columns that are sensitive in one way. Immutable and thread-safe.
 *
 * @param name its name, such as {@code pii.ssn}
 * @param columns the columns, by pattern
 * @param mask what is done to them for those who are not cleared
 */
public record SensitiveClass(String name, List<ColumnPattern> columns, Mask mask) {
  public SensitiveClass {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mask, "mask");
    columns = List.copyOf(columns);
  }

  /** Whether a column belongs to it. */
  public boolean holds(String schema, String relation, String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).matches(schema, relation, column)) {
        return true;
      }
    }
    return false;
  }
}
