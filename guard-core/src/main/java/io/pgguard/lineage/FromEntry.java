package io.pgguard.lineage;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one item of a FROM list offers to names, with the flags of PostgreSQL's ParseNamespaceItem.
 * Used by one analysis only.
 */
abstract class FromEntry {
  /** The name that qualifies its columns; null where it has none. */
  final @Nullable String name;

  /** {@code name.column} finds it. */
  boolean nameVisible = true;

  /** A bare {@code column} finds it. */
  boolean columnsVisible = true;

  /** Only LATERAL sees it: its FROM list is not complete yet. */
  boolean lateralOnly;

  FromEntry(@Nullable String name) {
    this.name = name;
  }

  /** The column of that name, or null. */
  abstract @Nullable Value column(String columnName);

  /** All columns in order. */
  abstract List<Value.Field> columns();

  /**
   * Adds all columns in order to others, so that a row of joins gathers each of them once.
   *
   * @param hidden names of those that a join around this has merged
   */
  void addTo(List<Value.Field> others, Set<String> hidden) {
    for (Value.Field column : columns()) {
      if (!hidden.contains(column.name())) {
        others.add(column);
      }
    }
  }

  /** What a column may be fed by of which the name is not known; null when all are known. */
  @Nullable Value anyColumn() {
    return null;
  }

  /** A system column such as ctid, or null. */
  @Nullable Value systemColumn(String columnName) {
    return null;
  }

  /** Whether {@code schema.relation} names it. */
  boolean isRelation(String schema, String relation) {
    return false;
  }

  /** The value of a reference to the item itself. */
  Value wholeRow() {
    Value any = anyColumn();
    return any == null ? Value.row(columns()) : any;
  }
}
