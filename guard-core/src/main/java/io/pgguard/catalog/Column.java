package io.pgguard.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a relation. Immutable.
 *
 * @param number the attribute number, from 1 ({@code pg_attribute.attnum}); system columns, which
 *     are below 0, are in no snapshot
 * @param name the name as stored
 * @param typeOid the type's OID
 * @param generated whether the column is computed from others ({@code attgenerated})
 * @param expression what computes it where it is generated, else its default where that is not a
 *     constant, as {@code pg_get_expr} prints it with an empty search_path; else null. Null too
 *     where the snapshot is not {@link Catalog#complete() complete}
 */
public record Column(
    int number, String name, int typeOid, boolean generated, @Nullable String expression) {
  public Column {
    Objects.requireNonNull(name, "name");
  }

  /** A column without an expression. */
  public Column(int number, String name, int typeOid, boolean generated) {
    this(number, name, typeOid, generated, null);
  }
}
