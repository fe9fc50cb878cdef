package io.pgguard.corpus.random;

import java.util.List;

/**
 * A relation of the corpus schema as the generator knows it.
 *
 * @param name schema-qualified
 * @param kind {@code pg_class.relkind}
 * @param rows how many rows it holds, about
 * @param triggered whether a trigger of the schema runs when it is written
 * @param guarded whether it has a protected column or leads to a relation that has one
 */
record ModelRelation(
    String name,
    char kind,
    int rows,
    boolean triggered,
    boolean guarded,
    List<ModelColumn> columns) {
  ModelRelation {
    columns = List.copyOf(columns);
  }

  String bareName() {
    return name.substring(name.indexOf('.') + 1);
  }

  boolean sampled() {
    return kind == 'r' || kind == 'm' || kind == 'p';
  }

  boolean hasHot() {
    return columns.stream().anyMatch(ModelColumn::hot);
  }
}
