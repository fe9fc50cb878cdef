package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Delete;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.IndexElement;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Merge;
import io.pgguard.internal.syntax.tree.MergeWhen;
import io.pgguard.internal.syntax.tree.OnConflict;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Returning;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.Update;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE and MERGE: what they write from what, and what RETURNING gives. */
final class Changes {
  private final Analysis analysis;

  Changes(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The outputs of a query or a data change that stands inside the given level, or at the top. */
  List<Value.Field> outputs(Statement statement, @Nullable Scope outer) {
    if (statement instanceof Query query) {
      return analysis.queries.outputs(query, outer);
    } else if (statement instanceof Insert insert) {
      return insert(insert, outer);
    } else if (statement instanceof Update update) {
      return update(update, outer);
    } else if (statement instanceof Delete delete) {
      return delete(delete, outer);
    } else if (statement instanceof Merge merge) {
      return merge(merge, outer);
    }
    throw new Unresolved(LineageWording.STATEMENT);
  }

  private WriteTarget target(RelationItem item) {
    String alias = item.alias() == null ? null : item.alias().name();
    return new WriteTarget(analysis, item.name(), alias);
  }

  /** The target as the statement's clauses see it; that is a read of it. */
  private FromEntry read(WriteTarget target, RelationItem item) {
    return analysis.relations.read(target.relation, item.only(), item.alias());
  }

  private List<Value.Field> insert(Insert insert, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    analysis.tables.add(insert.with(), scope);
    WriteTarget target = new WriteTarget(analysis, insert.relation(), insert.alias());
    List<Column> columns = target.columns(insert.columns(), scope);
    if (insert.source() != null) {
      List<Value.Field> rows = analysis.queries.outputs(insert.source(), scope);
      if (rows.size() > columns.size()) {
        throw new Unresolved(LineageWording.INSERT_TOO_WIDE);
      }
      for (int i = 0; i < rows.size(); i++) {
        target.write(columns.get(i), rows.get(i).value().sources(), Given.of(insert.source(), i));
      }
    }
    if (insert.onConflict() != null) {
      onConflict(insert.onConflict(), target, insert.alias(), scope);
    }
    return returning(insert.returning(), target, insert.alias(), scope);
  }

  private void onConflict(
      OnConflict conflict, WriteTarget target, @Nullable String alias, Scope outer) {
    Scope scope = new Scope(outer);
    scope.entries.add(target.entry(alias));
    for (IndexElement element : conflict.elements()) {
      Sources sources = analysis.value(element.value(), scope).sources();
      if (element.value() instanceof ColumnRef) {
        analysis.influences.equality(
            sources,
            "ON CONFLICT",
            Set.of(Influence.Guess.named(LineageWording.WRITTEN_ROW.words())));
      } else {
        analysis.influence(sources, "ON CONFLICT");
      }
    }
    analysis.conditions.apply(conflict.indexWhere(), scope, "ON CONFLICT");
    if (conflict.action() != OnConflict.Action.NOTHING) {
      analysis.reads(target.relation.oid());
      scope.entries.add(target.excluded());
      target.assign(conflict.assignments(), scope);
      analysis.conditions.apply(conflict.where(), scope, "ON CONFLICT");
    }
  }

  private List<Value.Field> update(Update update, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    analysis.tables.add(update.with(), scope);
    WriteTarget target = target(update.relation());
    FromEntry own = read(target, update.relation());
    scope.entries.add(own);
    own.lateralOnly = true;
    analysis.from.add(update.from(), scope);
    analysis.conditions.apply(update.where(), scope, "WHERE");
    target.assignOwn(update.assignments(), scope, update.from().isEmpty());
    scope.entries.remove(own);
    return returning(update.returning(), target, alias(update.relation()), scope);
  }

  private List<Value.Field> delete(Delete delete, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    analysis.tables.add(delete.with(), scope);
    WriteTarget target = target(delete.relation());
    FromEntry own = read(target, delete.relation());
    scope.entries.add(own);
    own.lateralOnly = true;
    analysis.from.add(delete.using(), scope);
    analysis.conditions.apply(delete.where(), scope, "WHERE");
    scope.entries.remove(own);
    return returning(delete.returning(), target, alias(delete.relation()), scope);
  }

  private static @Nullable String alias(RelationItem item) {
    return item.alias() == null ? null : item.alias().name();
  }

  private List<Value.Field> merge(Merge merge, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    analysis.tables.add(merge.with(), scope);
    WriteTarget target = target(merge.relation());
    analysis.from.add(List.of(merge.source()), scope);
    FromEntry own = read(target, merge.relation());
    scope.entries.add(own);
    analysis.conditions.apply(merge.on(), scope, "MERGE");
    List<FromEntry> all = scope.entries;
    for (MergeWhen when : merge.whens()) {
      scope.entries =
          switch (when.match()) {
            case MATCHED -> all;
            case NOT_MATCHED_BY_SOURCE -> List.of(own);
            case NOT_MATCHED_BY_TARGET -> all.subList(0, all.size() - 1);
          };
      mergeWhen(when, target, scope);
    }
    scope.entries = all;
    scope.entries.remove(own);
    return returning(merge.returning(), target, alias(merge.relation()), scope);
  }

  private void mergeWhen(MergeWhen when, WriteTarget target, Scope scope) {
    analysis.conditions.apply(when.condition(), scope, "MERGE");
    if (when.action() == MergeWhen.Action.UPDATE) {
      target.assign(when.assignments(), scope);
    } else if (when.action() == MergeWhen.Action.INSERT) {
      List<Column> columns = target.columns(when.columns(), scope);
      List<Expression> values = when.values();
      List<Value.Field> fields = analysis.references.fields(values, scope);
      if (fields.size() > columns.size()) {
        throw new Unresolved(LineageWording.INSERT_TOO_WIDE);
      }
      for (int i = 0; i < fields.size(); i++) {
        target.write(columns.get(i), fields.get(i).value().sources(), Given.of(values, i));
      }
    }
  }

  /** RETURNING sees the target after the change, FROM's items, and OLD and NEW. */
  private List<Value.Field> returning(
      @Nullable Returning returning, WriteTarget target, @Nullable String alias, Scope scope) {
    if (returning == null) {
      return List.of();
    }
    analysis.reads(target.relation.oid());
    analysis.catalog.children(target.relation.oid()).forEach(c -> analysis.reads(c.oid()));
    List<FromEntry> others = scope.entries;
    scope.entries = new ArrayList<>();
    scope.entries.add(target.entry(alias));
    scope.entries.addAll(others);
    addVersion(returning.oldAlias(), "old", target, scope);
    addVersion(returning.newAlias(), "new", target, scope);
    return analysis.queries.targets(returning.targets(), scope);
  }

  private void addVersion(
      @Nullable String alias, String otherwise, WriteTarget target, Scope scope) {
    if (alias == null && scope.entry(null, otherwise) != null) {
      return;
    }
    FromEntry version = target.entry(alias == null ? otherwise : alias);
    version.columnsVisible = false;
    scope.entries.add(version);
  }
}
