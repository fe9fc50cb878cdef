package io.pgguard.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a column, or of the rows of a relation where no column of it is named. Immutable.
 *
 * @param schema the relation's schema
 * @param relation the relation's name
 * @param column the column's name; null for the relation's rows alone, as {@code count(*)} tells of
 *     them
 */
public record ColumnName(String schema, String relation, @Nullable String column) {
  public ColumnName {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(relation, "relation");
  }

  /** The name as a policy writes it; of rows the relation's. */
  public String text() {
    String name = schema + "." + relation;
    return column == null ? name : name + "." + column;
  }
}
