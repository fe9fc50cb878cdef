package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Name;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What relation names mean, and what feeds a relation's columns. Temporary relations are in no
 * snapshot: a name that may be one is not resolved.
 */
final class Relations {
  private static final Set<RelationKind> READABLE =
      Set.of(
          RelationKind.TABLE,
          RelationKind.PARTITIONED_TABLE,
          RelationKind.VIEW,
          RelationKind.MATERIALIZED_VIEW,
          RelationKind.FOREIGN_TABLE,
          RelationKind.SEQUENCE,
          RelationKind.TOAST);

  private final Analysis analysis;

  Relations(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The relation that a name in FROM or after INTO means. */
  Relation resolve(Name name) {
    Relation relation = find(name.parts());
    if (relation == null) {
      throw new Unresolved("no relation \"" + name.text() + "\" is known");
    }
    if (!READABLE.contains(relation.kind())) {
      throw new Unresolved("\"" + name.text() + "\" cannot be read");
    }
    return relation;
  }

  /** The relation of that name, of any kind; null when none is known. */
  @Nullable Relation find(List<String> parts) {
    int size = parts.size();
    String last = parts.get(size - 1);
    if (size == 1) {
      return unqualified(last);
    }
    if (size > 3 || (size == 3 && !parts.get(0).equals(analysis.catalog.database()))) {
      throw new Unresolved("a name of another database: " + String.join(".", parts));
    }
    String schema = parts.get(size - 2);
    if (schema.startsWith("pg_temp")) {
      throw new Unresolved("a temporary relation: " + last);
    }
    return analysis.catalog.relation(schema, last).orElse(null);
  }

  private @Nullable Relation unqualified(String name) {
    if (analysis.session.temporaryRelations().contains(name)) {
      throw new Unresolved("a temporary relation: " + name);
    }
    List<Relation> named = analysis.catalog.relationsNamed(name);
    for (String schema : named.isEmpty() ? List.<String>of() : analysis.path.schemas()) {
      for (Relation relation : named) {
        if (relation.schema().equals(schema)) {
          return relation;
        }
      }
    }
    return null;
  }

  /** Reads a relation: notes it and gives its item for FROM. */
  FromEntry read(Relation relation, boolean only, @Nullable Alias alias) {
    analysis.reads(relation.oid());
    if (!only) {
      analysis.catalog.children(relation.oid()).forEach(child -> analysis.reads(child.oid()));
    }
    if (isView(relation)) {
      analysis.readsAll(analysis.views.lineage(relation).reads());
    }
    return entry(
        relation, alias == null ? null : alias.name(), alias == null ? List.of() : alias.columns());
  }

  /** An item over a relation's columns, without noting a read. */
  FromEntry entry(Relation relation, @Nullable String alias, List<String> columnAliases) {
    return new RelationEntry(relation, alias, columnAliases, column -> value(relation, column));
  }

  /** What a reference to a relation's column is fed by. */
  Value value(Relation relation, Column column) {
    Sources sources = Sources.copyOf(relation.oid(), column.number());
    if (isView(relation)) {
      sources = sources.with(analysis.views.lineage(relation).column(column.number()));
    }
    return new Value(sources, null, column.typeOid(), true);
  }

  static boolean isView(Relation relation) {
    return relation.kind() == RelationKind.VIEW
        || relation.kind() == RelationKind.MATERIALIZED_VIEW;
  }
}
