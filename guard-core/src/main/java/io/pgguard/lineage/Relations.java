package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.statement.MadeRelation;
import io.pgguard.wording.LineageWording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What relation names mean, and what feeds a relation's columns. A temporary relation is found by
 * what the session remembers of it; where that is not certain, or where a relation of the snapshot
 * has the name too, the name is not resolved.
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
      throw new Unresolved(LineageWording.NO_RELATION, name.text());
    }
    if (!READABLE.contains(relation.kind())) {
      throw new Unresolved(LineageWording.CANNOT_BE_READ, name.text());
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
      throw new Unresolved(LineageWording.OTHER_DATABASE, String.join(".", parts));
    }
    String schema = parts.get(size - 2);
    if (MadeRelation.isTemporary(schema)) {
      return temporary(last);
    }
    return analysis.catalog.relation(schema, last).orElse(null);
  }

  private @Nullable Relation unqualified(String name) {
    List<Relation> named = analysis.catalog.relationsNamed(name);
    if (analysis.session.temporaryRelations().containsKey(name)) {
      if (!named.isEmpty()) {
        throw new Unresolved(LineageWording.TEMPORARY_HIDES, name);
      }
      return temporary(name);
    }
    for (String schema : named.isEmpty() ? List.<String>of() : analysis.path.schemas()) {
      for (Relation relation : named) {
        if (relation.schema().equals(schema)) {
          return relation;
        }
      }
    }
    return null;
  }

  private Relation temporary(String name) {
    TemporaryRelation found = analysis.session.temporaryRelations().get(name);
    if (found == null || !found.certain()) {
      throw new Unresolved(LineageWording.TEMPORARY, name);
    }
    return found.relation();
  }

  /** The temporary relation behind what {@link #resolve} gave; null where it is none. */
  @Nullable TemporaryRelation temporary(Relation relation) {
    return relation.oid() == 0 ? analysis.session.temporaryRelations().get(relation.name()) : null;
  }

  /** Reads a relation: notes it and gives its item for FROM. */
  FromEntry read(Relation relation, boolean only, @Nullable Alias alias) {
    TemporaryRelation temporary = temporary(relation);
    if (temporary == null) {
      analysis.reads(relation.oid());
    } else {
      analysis.readsTemporary = true;
      analysis.readsAll(temporary.reads());
    }
    if (!only && temporary == null) {
      analysis.catalog.children(relation.oid()).forEach(child -> analysis.reads(child.oid()));
    }
    String name = alias == null ? null : alias.name();
    List<String> columns = alias == null ? List.of() : alias.columns();
    if (isView(relation)) {
      Views.ViewLineage view = analysis.views.lineage(relation);
      analysis.readsAll(view.reads());
      if (analysis.releasedRows.covers(relation)) {
        analysis.releasedRows.reads(relation);
        return new RelationEntry(relation, name, columns, column -> released(relation, column));
      }
      view.influences().forEach(analysis.influences::add);
    }
    return entry(relation, name, columns);
  }

  private Value released(Relation view, Column column) {
    analysis.releasedRows.reads(view, column);
    return value(view, column);
  }

  /** An item over a relation's columns, without noting a read. */
  FromEntry entry(Relation relation, @Nullable String alias, List<String> columnAliases) {
    return new RelationEntry(relation, alias, columnAliases, column -> value(relation, column));
  }

  /** What a reference to a relation's column is fed by. */
  Value value(Relation relation, Column column) {
    TemporaryRelation temporary = temporary(relation);
    if (temporary != null) {
      Value value = Value.column(temporary.sources(column), column.typeOid());
      return temporary.loud(column) ? value.withLoud() : value;
    }
    Sources sources = Sources.copyOf(relation.oid(), column.number());
    if (isView(relation)) {
      Views.ViewLineage view = analysis.views.lineage(relation);
      sources = sources.with(view.column(column.number()));
      Value value = Value.column(sources, column.typeOid());
      value = value.withStructure(analysis.structures.held(sources, column.typeOid()));
      boolean worksOut = relation.kind() == RelationKind.VIEW;
      if (!worksOut || !view.loud(column.number())) {
        return value;
      }
      if (view.certain() && !Views.SYSTEM_SCHEMAS.contains(relation.schema())) {
        String what = LineageWording.COLUMN_OF_VIEW.words(relation.qualifiedName());
        analysis.failures.note(value.sources().derived(), what);
      }
      return value.withLoud();
    }
    return Value.column(sources, column.typeOid())
        .withDigits(Digits.of(relation, column))
        .withStructure(analysis.structures.held(sources, column.typeOid()));
  }

  static boolean isView(Relation relation) {
    return relation.kind() == RelationKind.VIEW
        || relation.kind() == RelationKind.MATERIALIZED_VIEW;
  }
}
