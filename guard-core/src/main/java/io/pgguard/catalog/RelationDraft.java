package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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

  /** Takes over what an earlier snapshot knew, but for the parts that are read anew. */
  void takeOver(Relation earlier, Predicate<RelationFacet> anew) {
    if (!anew.test(RelationFacet.COLUMNS)) {
      columns.addAll(earlier.columns());
    }
    if (!anew.test(RelationFacet.PARENTS)) {
      parents.addAll(earlier.parents());
    }
    if (!anew.test(RelationFacet.READS)) {
      dependsOn.addAll(earlier.dependsOn());
    }
    if (!anew.test(RelationFacet.RULES)) {
      rules = earlier.rules();
    }
    if (!anew.test(RelationFacet.TRIGGERS)) {
      triggers.addAll(earlier.triggers());
    }
    if (!anew.test(RelationFacet.CASCADES)) {
      cascades.addAll(earlier.cascades());
    }
    if (!anew.test(RelationFacet.CALLS)) {
      calls.addAll(earlier.calls());
    }
    if (!anew.test(RelationFacet.DEFINITION)) {
      definition = earlier.definition();
    }
    if (!anew.test(RelationFacet.EXPRESSIONS)) {
      for (Column column : earlier.columns()) {
        if (column.expression() != null) {
          expressions.put(column.number(), column.expression());
        }
      }
    }
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
    return Objects.equals(expression, column.expression()) ? column : column.computed(expression);
  }
}
