package io.pgguard.lineage;

import io.pgguard.internal.names.SmallSets;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What feeds one output column.
 *
 * @param name the column's name as the server would label it, for people
 * @param sources the columns that feed it; empty when it is a constant or computed from nothing
 *     stored
 * @param type OID of its type, or 0 where that is not known
 * @param loud whether to work it out may do more than give a value: fail, for one
 * @param structure its parts, where it is put together of some; null where it is not
 */
public record OutputLineage(
    String name, Set<ColumnSource> sources, int type, boolean loud, @Nullable Structure structure) {
  public OutputLineage {
    Objects.requireNonNull(name, "name");
    sources = SmallSets.copy(sources);
  }

  /** An output of which no type is known. */
  public OutputLineage(String name, Set<ColumnSource> sources) {
    this(name, sources, 0, true, null);
  }

  static OutputLineage of(String name, Value value) {
    Value output = value.asOutput();
    return new OutputLineage(
        name, output.sources().toSet(), output.type(), output.loud(), Structures.of(output));
  }

  /** The same under another name. */
  OutputLineage named(String other) {
    return new OutputLineage(other, sources, type, loud, structure);
  }

  /** The same, fed by more. */
  OutputLineage fedBy(Set<ColumnSource> more) {
    return new OutputLineage(name, more, type, loud, structure);
  }

  /** The same, fed by what is made of what feeds it. */
  public OutputLineage resolved(UnaryOperator<Set<ColumnSource>> made) {
    Structure parts = structure == null ? null : Structures.resolved(structure, made);
    return new OutputLineage(name, made.apply(sources), type, loud, parts);
  }
}
