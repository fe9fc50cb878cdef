package io.pgguard.catalog;

import java.util.Objects;

/**
 * An operator that is not PostgreSQL's own ({@code pg_operator}). Immutable.
 *
 * @param oid its OID
 * @param schema the name of its schema
 * @param name its name, such as {@code <->}
 * @param leftType OID of the left operand's type, or 0 for a prefix operator
 * @param rightType OID of the right operand's type
 * @param functionOid OID of the function that computes it, or 0 while it is only declared
 */
public record Operator(
    int oid, String schema, String name, int leftType, int rightType, int functionOid) {
  public Operator {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
  }
}
