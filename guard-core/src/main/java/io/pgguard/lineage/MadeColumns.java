package io.pgguard.lineage;

import java.util.List;

/**
 * The columns of a relation that a statement makes from a query. Immutable.
 *
 * @param columns each with what feeds it
 * @param view whether it goes on reading what feeds it
 */
public record MadeColumns(List<OutputLineage> columns, boolean view) {
  public MadeColumns {
    columns = List.copyOf(columns);
  }
}
