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
 * @param typeModifier the type's modifier ({@code atttypmod}), such as the length of {@code
 *     varchar(20)} in PostgreSQL's own coding; -1 for none, and where it is not known
 * @param deterministic whether its collation is deterministic ({@code
 *     pg_collation.collisdeterministic}), or it has none; false where it is not known
 * @param expression what computes it where it is generated, else its default where that is not a
 *     constant, as {@code pg_get_expr} prints it with an empty search_path; else null. Null too
 *     where the snapshot is not {@link Catalog#complete() complete}
 */
public record Column(
    int number,
    String name,
    int typeOid,
    boolean generated,
    int typeModifier,
    boolean deterministic,
    @Nullable String expression) {
  public Column {
    Objects.requireNonNull(name, "name");
  }

  /** A column without an expression, a type modifier or a collation. */
  public Column(int number, String name, int typeOid, boolean generated) {
    this(number, name, typeOid, generated, -1, true, null);
  }

  /** A column of which only that is known. */
  public static Column of(int number, String name, int typeOid) {
    return new Column(number, name, typeOid, false, -1, false, null);
  }

  /** The same with another expression. */
  Column computed(@Nullable String by) {
    return new Column(number, name, typeOid, generated, typeModifier, deterministic, by);
  }
}
