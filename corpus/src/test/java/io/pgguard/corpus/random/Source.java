package io.pgguard.corpus.random;

import java.util.List;

/**
 * An entry of a FROM clause that expressions can name.
 *
 * @param rows how many rows it gives, about
 * @param whole whether its alias can stand for the whole row
 */
record Source(String alias, List<ModelColumn> columns, int rows, boolean whole) {
  Source {
    columns = List.copyOf(columns);
  }

  boolean hasHot() {
    return columns.stream().anyMatch(ModelColumn::hot);
  }
}
