package io.pgguard.corpus.worlds;

import java.util.List;

/** A relation of the worlds. */
record Relation(String name, char kind, List<Column> columns) {
  Relation {
    columns = List.copyOf(columns);
  }

  /** A column, its type's name, and whether the policy protects it. */
  record Column(String name, String type, boolean secret) {}

  boolean secret() {
    return columns.stream().anyMatch(Column::secret);
  }

  boolean writable() {
    return kind == 'r' || kind == 'p';
  }
}
