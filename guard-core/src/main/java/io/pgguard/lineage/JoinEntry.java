package io.pgguard.lineage;

import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A join: merged columns first, then the rest of the left side, then that of the right. */
final class JoinEntry extends FromEntry {
  private final FromEntry left;
  private final FromEntry right;
  private final List<Value.Field> merged;
  private final Map<String, Value> byName = new HashMap<>();
  private @Nullable List<Value.Field> all;

  JoinEntry(@Nullable String name, FromEntry left, FromEntry right, List<Value.Field> merged) {
    super(name);
    this.left = left;
    this.right = right;
    this.merged = merged;
    merged.forEach(column -> byName.putIfAbsent(column.name(), column.value()));
  }

  @Override
  @Nullable Value column(String columnName) {
    Value both = byName.get(columnName);
    if (both != null) {
      return both;
    }
    Value first = left.column(columnName);
    Value second = right.column(columnName);
    if (first != null && second != null) {
      throw new Unresolved(LineageWording.AMBIGUOUS_COLUMN, columnName);
    }
    return first != null ? first : second;
  }

  @Override
  List<Value.Field> columns() {
    List<Value.Field> known = all;
    if (known == null) {
      known = new ArrayList<>();
      addTo(known, new HashSet<>());
      all = known;
    }
    return known;
  }

  @Override
  void addTo(List<Value.Field> columns, Set<String> hidden) {
    List<String> own = new ArrayList<>(0);
    for (Value.Field column : merged) {
      if (!hidden.contains(column.name())) {
        columns.add(column);
        own.add(column.name());
      }
    }
    hidden.addAll(own);
    left.addTo(columns, hidden);
    right.addTo(columns, hidden);
    own.forEach(hidden::remove);
  }

  @Override
  @Nullable Value anyColumn() {
    Value first = left.anyColumn();
    Value second = right.anyColumn();
    return first == null ? second : second == null ? first : first.or(second);
  }
}
