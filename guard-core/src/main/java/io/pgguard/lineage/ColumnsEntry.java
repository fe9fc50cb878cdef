package io.pgguard.lineage;

import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A FROM item whose columns stand in a list: a subquery, a function, a common table. */
final class ColumnsEntry extends FromEntry {
  private final List<Value.Field> columns;
  private final @Nullable Value any;
  private final @Nullable Value whole;

  /**
   * @param any feeds columns that are not in the list; null when the list is complete
   * @param whole the value of a reference to the item itself where that is not a row of the columns
   */
  ColumnsEntry(
      @Nullable String name,
      List<Value.Field> columns,
      @Nullable Value any,
      @Nullable Value whole) {
    super(name);
    this.columns = new ArrayList<>(columns);
    this.columns.replaceAll(c -> new Value.Field(c.name(), c.value().asOutput()));
    this.any = any;
    this.whole = whole;
  }

  ColumnsEntry(@Nullable String name, List<Value.Field> columns) {
    this(name, columns, null, null);
  }

  /** The columns under the aliases, which may be fewer; PostgreSQL refuses more. */
  static List<Value.Field> renamed(List<Value.Field> columns, List<String> aliases) {
    if (aliases.isEmpty()) {
      return columns;
    }
    List<Value.Field> renamed = new ArrayList<>(columns);
    for (int i = 0; i < aliases.size() && i < renamed.size(); i++) {
      renamed.set(i, new Value.Field(aliases.get(i), columns.get(i).value()));
    }
    return renamed;
  }

  @Override
  @Nullable Value column(String columnName) {
    Value found = null;
    for (Value.Field column : columns) {
      if (column.name().equals(columnName)) {
        if (found != null) {
          throw new Unresolved(LineageWording.AMBIGUOUS_COLUMN, columnName);
        }
        found = column.value();
      }
    }
    return found;
  }

  @Override
  List<Value.Field> columns() {
    if (any != null) {
      throw new Unresolved(LineageWording.COLUMNS_UNKNOWN, name == null ? "subquery" : name);
    }
    return columns;
  }

  @Override
  @Nullable Value anyColumn() {
    return any;
  }

  @Override
  Value wholeRow() {
    return whole != null ? whole : super.wholeRow();
  }
}
