package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A relation while its facts come in from several queries. Not thread-safe. */
final class RelationDraft {
  private final int oid;
  private final String schema;
  private final String name;
  final RelationKind kind;
  private final boolean rowSecurity;
  private final @Nullable String extension;
  final List<Column> columns = new ArrayList<>();
  final List<Integer> parents = new ArrayList<>(0);
  final Set<Integer> dependsOn = new TreeSet<>();
  final Set<Trigger> triggers = new LinkedHashSet<>(0);
  final Set<Integer> cascades = new TreeSet<>();
  final Set<Integer> calls = new TreeSet<>();
  final Map<Integer, String> expressions = new TreeMap<>();
  @Nullable String definition;
  boolean rules;

  /** Whether a column has a default or is generated. */
  boolean expressed;

  RelationDraft(
      int oid,
      String schema,
      String name,
      RelationKind kind,
      boolean rowSecurity,
      @Nullable String extension) {
    this.oid = oid;
    this.schema = schema;
    this.name = name;
    this.kind = kind;
    this.rowSecurity = rowSecurity;
    this.extension = extension;
  }

  Relation relation() {
    columns.sort(Comparator.comparingInt(Column::number));
    columns.replaceAll(this::expressed);
    return new Relation(
        oid,
        schema,
        name,
        kind,
        columns,
        parents,
        List.copyOf(dependsOn),
        definition,
        List.copyOf(triggers),
        rules,
        List.copyOf(calls),
        rowSecurity,
        extension,
        List.copyOf(cascades));
  }

  private Column expressed(Column column) {
    String expression = expressions.get(column.number());
    return expression == null
        ? column
        : new Column(
            column.number(), column.name(), column.typeOid(), column.generated(), expression);
  }
}
