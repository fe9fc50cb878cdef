package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.JsonColumn;
import io.pgguard.internal.syntax.tree.JsonTable;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.XmlColumn;
import io.pgguard.internal.syntax.tree.XmlTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** XMLTABLE and JSON_TABLE in FROM: every column comes from the document. */
final class DocumentTables {
  private final Analysis analysis;

  DocumentTables(Analysis analysis) {
    this.analysis = analysis;
  }

  FromEntry entry(XmlTable table, Scope scope) {
    Sources all = analysis.value(table.rows(), scope).sources();
    all = all.with(analysis.value(table.document(), scope).sources());
    for (Target namespace : table.namespaces()) {
      all = all.with(analysis.value(namespace.value(), scope).sources());
    }
    for (XmlColumn column : table.columns()) {
      if (column.path() != null) {
        all = all.with(analysis.value(column.path(), scope).sources());
      }
      if (column.defaultValue() != null) {
        all = all.with(analysis.value(column.defaultValue(), scope).sources());
      }
    }
    analysis.influence(all, "XMLTABLE");
    Value value = Value.of(all.derived());
    List<Value.Field> columns = new ArrayList<>();
    for (XmlColumn column : table.columns()) {
      columns.add(new Value.Field(column.name(), value));
    }
    return named(table.alias(), "xmltable", columns);
  }

  FromEntry entry(JsonTable table, Scope scope) {
    Sources all = analysis.value(table.document(), scope).sources();
    for (Target passed : table.passing()) {
      all = all.with(analysis.value(passed.value(), scope).sources());
    }
    if (table.onError() != null) {
      all = all.with(analysis.value(table.onError(), scope).sources());
    }
    List<JsonColumn> flat = new ArrayList<>();
    flatten(table.columns(), flat);
    for (JsonColumn column : flat) {
      if (column.onEmpty() != null) {
        all = all.with(analysis.value(column.onEmpty(), scope).sources());
      }
      if (column.onError() != null) {
        all = all.with(analysis.value(column.onError(), scope).sources());
      }
    }
    analysis.influence(all, "JSON_TABLE");
    List<Value.Field> columns = new ArrayList<>();
    for (JsonColumn column : flat) {
      columns.add(new Value.Field(String.valueOf(column.name()), Value.of(all.derived())));
    }
    return named(table.alias(), "json_table", columns);
  }

  private static void flatten(List<JsonColumn> columns, List<JsonColumn> flat) {
    for (JsonColumn column : columns) {
      if (column.kind() == JsonColumn.Kind.NESTED) {
        flatten(column.columns(), flat);
      } else {
        flat.add(column);
      }
    }
  }

  private static FromEntry named(
      @Nullable Alias alias, String otherwise, List<Value.Field> columns) {
    return new ColumnsEntry(
        alias == null ? otherwise : alias.name(),
        ColumnsEntry.renamed(columns, alias == null ? List.of() : alias.columns()));
  }
}
