package io.pgguard.lineage;

import java.util.Objects;
import java.util.Set;

/**
 * Something that a statement writes, and the columns that feed it.
 *
 * @param target what is written, for people: {@code public.orders.comment}, {@code a new table x}
 * @param relationOid the target's OID, or 0 when it is not a relation of the catalog
 * @param number the target column's attribute number, or 0
 * @param sources the columns that feed it
 */
public record WriteFlow(String target, int relationOid, int number, Set<ColumnSource> sources) {
  public WriteFlow {
    Objects.requireNonNull(target, "target");
    sources = Set.copyOf(sources);
  }
}
