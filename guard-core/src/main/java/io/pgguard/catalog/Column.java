package io.pgguard.catalog;

import java.util.Objects;

/**
 * A column of a relation.
 *
 * @param number the attribute number, from 1 ({@code pg_attribute.attnum}); system columns are
 *     below 0
 * @param name the name as stored
 * @param typeOid the type's OID
 * @param generated whether the column is computed from others ({@code attgenerated})
 */
public record Column(int number, String name, int typeOid, boolean generated) {
  public Column {
    Objects.requireNonNull(name, "name");
  }
}
