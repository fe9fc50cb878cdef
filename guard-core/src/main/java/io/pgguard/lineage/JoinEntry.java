package io.pgguard.lineage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A join: merged columns first, then the rest of the left side, then that of the right. */
final class JoinEntry extends FromEntry {
  private final FromEntry left;
  private final FromEntry right;
  private final List<Value.Field> merged;

  JoinEntry(@Nullable String name, FromEntry left, FromEntry right, List<Value.Field> merged) {
    super(name);
    this.left = left;
    this.right = right;
    this.merged = merged;
  }

  private @Nullable Value mergedColumn(String columnName) {
    for (Value.Field column : merged) {
      if (column.name().equals(columnName)) {
        return column.value();
      }
    }
    return null;
  }

  @Override
  @Nullable Value column(String columnName) {
    Value both = mergedColumn(columnName);
    if (both != null) {
      return both;
    }
    Value first = left.column(columnName);
    Value second = right.column(columnName);
    if (first != null && second != null) {
      throw new Unresolved("column reference \"" + columnName + "\" is ambiguous");
    }
    return first != null ? first : second;
  }

  @Override
  List<Value.Field> columns() {
    List<Value.Field> all = new ArrayList<>(merged);
    for (FromEntry side : List.of(left, right)) {
      for (Value.Field column : side.columns()) {
        if (mergedColumn(column.name()) == null) {
          all.add(column);
        }
      }
    }
    return all;
  }

  @Override
  @Nullable Value anyColumn() {
    Value first = left.anyColumn();
    Value second = right.anyColumn();
    return first == null ? second : second == null ? first : first.or(second);
  }
}
