package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.FunctionItem;
import io.pgguard.internal.syntax.tree.Join;
import io.pgguard.internal.syntax.tree.JsonTable;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.SubqueryItem;
import io.pgguard.internal.syntax.tree.TableSample;
import io.pgguard.internal.syntax.tree.XmlTable;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** FROM lists: what they offer to names, and what their joins let influence the result. */
final class FromClauses {
  private static final Set<String> SAMPLERS =
      Set.of("system", "bernoulli", "system_rows", "system_time");

  private final Analysis analysis;

  FromClauses(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Adds the items of a list to a scope; they see each other only laterally until all are read. */
  void add(List<FromItem> items, Scope scope) {
    for (FromItem item : items) {
      add(item, scope);
    }
    for (FromEntry entry : scope.entries) {
      entry.lateralOnly = false;
    }
  }

  /** Adds one item and gives its own entry: of a join, the join's. */
  private FromEntry add(FromItem item, Scope scope) {
    analysis.step();
    if (item instanceof Join join) {
      return join(join, scope);
    }
    FromEntry entry = simple(item, scope);
    entry.lateralOnly = true;
    scope.entries.add(entry);
    return entry;
  }

  private FromEntry simple(FromItem item, Scope scope) {
    if (item instanceof RelationItem relation) {
      return relation(relation, scope);
    } else if (item instanceof SubqueryItem subquery) {
      return subquery(subquery, scope);
    }
    scope.lateral = true;
    try {
      if (item instanceof FunctionItem function) {
        return analysis.functions.entry(function, scope);
      } else if (item instanceof XmlTable table) {
        return analysis.documents.entry(table, scope);
      } else if (item instanceof JsonTable table) {
        return analysis.documents.entry(table, scope);
      }
      throw new Unresolved(LineageWording.FROM_ITEM);
    } finally {
      scope.lateral = false;
    }
  }

  private FromEntry subquery(SubqueryItem subquery, Scope scope) {
    scope.lateral = subquery.lateral();
    try {
      return named(subquery.alias(), analysis.queries.outputs(subquery.query(), scope));
    } finally {
      scope.lateral = false;
    }
  }

  private static FromEntry named(@Nullable Alias alias, List<Value.Field> columns) {
    return alias == null
        ? new ColumnsEntry(null, columns)
        : new ColumnsEntry(alias.name(), ColumnsEntry.renamed(columns, alias.columns()));
  }

  private FromEntry relation(RelationItem item, Scope scope) {
    if (item.sample() != null) {
      sample(item.sample(), scope);
    }
    Name name = item.name();
    CommonTables.Table table = name.parts().size() == 1 ? scope.table(name.parts().get(0)) : null;
    if (table == null) {
      return analysis.relations.read(analysis.relations.resolve(name), item.only(), item.alias());
    }
    Alias alias = item.alias();
    return new ColumnsEntry(
        alias == null ? name.last() : alias.name(),
        ColumnsEntry.renamed(
            analysis.tables.columns(table), alias == null ? List.of() : alias.columns()));
  }

  private void sample(TableSample sample, Scope scope) {
    if (!SAMPLERS.contains(sample.method().last())) {
      throw new Unresolved(LineageWording.SAMPLING, sample.method().text());
    }
    scope.lateral = true;
    try {
      for (Expression argument : sample.arguments()) {
        analysis.influence(analysis.value(argument, scope).sources(), "TABLESAMPLE");
      }
      if (sample.repeatable() != null) {
        analysis.influence(analysis.value(sample.repeatable(), scope).sources(), "TABLESAMPLE");
      }
    } finally {
      scope.lateral = false;
    }
  }

  private FromEntry join(Join join, Scope scope) {
    int start = scope.entries.size();
    FromEntry left = add(join.left(), scope);
    FromEntry right = add(join.right(), scope);
    if (join.on() != null) {
      on(join.on(), scope, start);
    }
    List<Value.Field> merged =
        join.natural()
            ? merged(common(left, right), left, right)
            : merged(join.using(), left, right);
    Alias alias = join.alias();
    FromEntry own = new JoinEntry(alias == null ? null : alias.name(), left, right, merged);
    if (alias != null && !alias.columns().isEmpty()) {
      own = new ColumnsEntry(alias.name(), ColumnsEntry.renamed(own.columns(), alias.columns()));
    }
    if (alias != null) {
      scope.entries.subList(start, scope.entries.size()).clear();
    } else {
      left.columnsVisible = false; // what stands inside of a side was hidden by that side
      right.columnsVisible = false;
    }
    if (join.usingAlias() != null) {
      FromEntry usingEntry = new ColumnsEntry(join.usingAlias().name(), merged);
      usingEntry.columnsVisible = false;
      usingEntry.lateralOnly = true;
      scope.entries.add(usingEntry);
    }
    own.nameVisible = alias != null;
    own.lateralOnly = true;
    scope.entries.add(own);
    return own;
  }

  /** A join's condition sees the join's own two sides and what is around the query. */
  private void on(Expression condition, Scope scope, int start) {
    List<FromEntry> all = scope.entries;
    List<FromEntry> sides = new ArrayList<>(all.subList(start, all.size()));
    sides.forEach(entry -> entry.lateralOnly = false);
    scope.entries = sides;
    try {
      analysis.conditions.apply(condition, scope, "JOIN");
    } finally {
      scope.entries = all;
      sides.forEach(entry -> entry.lateralOnly = true);
    }
  }

  private List<String> common(FromEntry left, FromEntry right) {
    List<String> names = new ArrayList<>();
    Set<String> others = new HashSet<>();
    right.columns().forEach(other -> others.add(other.name()));
    analysis.step(others.size());
    for (Value.Field column : left.columns()) {
      analysis.step();
      if (others.contains(column.name())) {
        names.add(column.name());
      }
    }
    return names;
  }

  private List<Value.Field> merged(List<String> names, FromEntry left, FromEntry right) {
    List<Value.Field> merged = new ArrayList<>(names.size());
    for (String name : names) {
      Value first = left.column(name);
      Value second = right.column(name);
      if (first == null || second == null) {
        throw new Unresolved(LineageWording.USING_UNKNOWN, name);
      }
      Value both = first.or(second);
      analysis.failures.operator("=", List.of(), List.of(first, second));
      boolean own = !analysis.snapshot.homemadeOperators().contains("=");
      if (own && both.pure() && first.type() == second.type() && first.type() != 0) {
        analysis.influences.identity(first.sources().with(second.sources()), "JOIN");
      } else {
        analysis.influence(first.sources().with(second.sources()), "JOIN");
      }
      merged.add(new Value.Field(name, both));
    }
    return merged;
  }
}
