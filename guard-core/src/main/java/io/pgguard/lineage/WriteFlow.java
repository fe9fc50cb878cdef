package io.pgguard.lineage;

import io.pgguard.internal.names.SmallSets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a statement writes, and the columns that feed it.
 *
 * @param target what is written, for people: {@code public.orders.comment}, {@code a new table x}
 * @param relationOid the target's OID, or 0 when it is not a relation of the catalog
 * @param number the target column's attribute number, or 0
 * @param sources the columns that feed it
 * @param given all the values that it may get, each once, where the statement names them; null
 *     where they are computed
 */
public record WriteFlow(
    String target,
    int relationOid,
    int number,
    Set<ColumnSource> sources,
    @Nullable Set<Influence.Guess> given,
    boolean part) {
  public WriteFlow {
    Objects.requireNonNull(target, "target");
    sources = SmallSets.copy(sources);
    given = given == null ? null : SmallSets.copy(given);
  }

  public WriteFlow(String target, int relationOid, int number, Set<ColumnSource> sources) {
    this(target, relationOid, number, sources, null, false);
  }

  /** Written out, since many are looked up and what the compiler makes is slow at first. */
  @Override
  public int hashCode() {
    int column = 31 * (31 * target.hashCode() + relationOid) + number;
    return 31 * (31 * (31 * column + sources.hashCode()) + (given == null ? 0 : given.hashCode()))
        + (part ? 1 : 0);
  }
}
