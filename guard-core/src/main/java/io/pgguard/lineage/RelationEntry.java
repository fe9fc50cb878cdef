package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A relation of the catalog in FROM. */
final class RelationEntry extends FromEntry {
  private static final Set<String> SYSTEM =
      Set.of("tableoid", "ctid", "xmin", "cmin", "xmax", "cmax");

  private final Relation relation;
  private final boolean aliased;
  private final List<String> aliases;
  private final Function<Column, Value> values;

  /**
   * @param values what a column of the relation is fed by
   */
  RelationEntry(
      Relation relation,
      @Nullable String alias,
      List<String> aliases,
      Function<Column, Value> values) {
    super(alias == null ? relation.name() : alias);
    this.relation = relation;
    this.aliased = alias != null;
    this.aliases = aliases;
    this.values = values;
  }

  @Override
  @Nullable Value column(String columnName) {
    int aliasAt = aliases.indexOf(columnName);
    if (aliasAt >= 0) {
      return aliasAt < relation.columns().size()
          ? values.apply(relation.columns().get(aliasAt))
          : null;
    }
    List<Column> columns = relation.columns();
    for (int i = aliases.size(); i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        return values.apply(columns.get(i));
      }
    }
    return null;
  }

  @Override
  List<Value.Field> columns() {
    List<Value.Field> all = new ArrayList<>(relation.columns().size());
    for (int i = 0; i < relation.columns().size(); i++) {
      Column column = relation.columns().get(i);
      String label = i < aliases.size() ? aliases.get(i) : column.name();
      all.add(new Value.Field(label, values.apply(column)));
    }
    return all;
  }

  /** Other names of columns are none of the row type's, so its parts are not told by them. */
  @Override
  Value wholeRow() {
    Value row = super.wholeRow();
    return aliases.isEmpty()
        ? row
        : row.withStructure(new Structure.Leaf(row.sources().toSet(), 0));
  }

  @Override
  @Nullable Value systemColumn(String columnName) {
    return relation.kind() != RelationKind.VIEW && SYSTEM.contains(columnName)
        ? Value.NOTHING
        : null;
  }

  @Override
  boolean isRelation(String schema, String relationName) {
    return !aliased && relation.schema().equals(schema) && relation.name().equals(relationName);
  }
}
