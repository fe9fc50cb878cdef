package io.pgguard.corpus.random;

import java.util.List;

/**
 * A query's text and its output columns.
 *
 * @param rows how many rows it gives, about
 * @param compound whether it must be bracketed to be an operand
 */
record Query(String text, List<ModelColumn> columns, int rows, boolean compound) {
  Query {
    columns = List.copyOf(columns);
  }
}
