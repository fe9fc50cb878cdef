package io.pgguard.lineage;

import java.util.Objects;
import java.util.Set;

/**
 * What feeds one output column.
 *
 * @param name the column's name as the server would label it, for people
 * @param sources the columns that feed it; empty when it is a constant or computed from nothing
 *     stored
 */
public record OutputLineage(String name, Set<ColumnSource> sources) {
  public OutputLineage {
    Objects.requireNonNull(name, "name");
    sources = Set.copyOf(sources);
  }
}
