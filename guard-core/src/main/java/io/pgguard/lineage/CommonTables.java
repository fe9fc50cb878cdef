package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.Cycle;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Search;
import io.pgguard.internal.syntax.tree.SetOperation;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WITH: common tables see those before them; under RECURSIVE each other and themselves, which is
 * worked out by going round until nothing is added.
 */
final class CommonTables {
  private static final int ROUNDS = 200;

  private final Analysis analysis;

  CommonTables(Analysis analysis) {
    this.analysis = analysis;
  }

  /** A common table on its way to being known. */
  static final class Table {
    final CommonTable definition;
    final Scope scope;

    /** What a recursive term sees of the table itself so far. */
    @Nullable List<Value.Field> soFar;

    @Nullable List<Value.Field> columns;
    boolean open;
    boolean recursed;

    Table(CommonTable definition, Scope scope) {
      this.definition = definition;
      this.scope = scope;
    }
  }

  /** Makes the tables of a WITH clause known in a scope. */
  void add(@Nullable With with, Scope scope) {
    if (with == null) {
      return;
    }
    List<Table> tables = new ArrayList<>();
    for (CommonTable definition : with.tables()) {
      Table table = new Table(definition, scope);
      tables.add(table);
      if (with.recursive()) {
        if (scope.tables.put(definition.name(), table) != null) {
          throw new Unresolved(LineageWording.WITH_TWICE, definition.name());
        }
      } else {
        columns(table);
        scope.tables.put(definition.name(), table);
      }
    }
    tables.forEach(this::columns);
  }

  /** The columns of a table, working them out where that is still to do. */
  List<Value.Field> columns(Table table) {
    if (table.columns != null) {
      return table.columns;
    }
    if (table.open) {
      table.recursed = true;
      if (table.soFar == null) {
        throw new Unresolved(LineageWording.REFERS_TO_ITSELF, table.definition.name());
      }
      return table.soFar;
    }
    table.open = true;
    List<Value.Field> columns = analyse(table);
    table.open = false;
    columns = ColumnsEntry.renamed(columns, table.definition.columns());
    table.columns = withGenerated(table.definition, columns, table.scope);
    return table.columns;
  }

  private List<Value.Field> analyse(Table table) {
    CommonTable definition = table.definition;
    if (definition.statement() instanceof Query query
        && query.body() instanceof SetOperation operation
        && operation.kind() == SetOperation.Kind.UNION
        && table.scope.tables.get(definition.name()) == table) {
      return analysis.queries.recursive(query, operation, table.scope, table);
    }
    return analysis.changes.outputs(definition.statement(), table.scope);
  }

  /** Goes round the recursive term until no column gains a source. */
  List<Value.Field> settle(
      Table table, List<Value.Field> start, java.util.function.Supplier<List<Value.Field>> term) {
    List<Value.Field> now = new ArrayList<>(start); // each round may make numbers longer
    now.replaceAll(field -> new Value.Field(field.name(), field.value().withoutDigits()));
    for (int round = 0; round < ROUNDS; round++) {
      table.soFar = ColumnsEntry.renamed(now, table.definition.columns());
      List<Value.Field> next = Value.union(now, term.get());
      if (!table.recursed || same(now, next)) {
        growing(now, next);
        return next;
      }
      now = next;
    }
    throw new Unresolved(LineageWording.NOT_SETTLED, table.definition.name());
  }

  /** What each round uses once more has no bound. */
  private void growing(List<Value.Field> now, List<Value.Field> next) {
    for (int i = 0; i < now.size(); i++) {
      Sources grown = next.get(i).value().sources().moreUsedThan(now.get(i).value().sources());
      if (!grown.isEmpty()) {
        analysis.failures.note(grown, LineageWording.GROWING.words());
      }
    }
  }

  private static boolean same(List<Value.Field> left, List<Value.Field> right) {
    for (int i = 0; i < left.size(); i++) {
      Value before = left.get(i).value();
      Value after = right.get(i).value();
      if (!before.sources().toSet().equals(after.sources().toSet())) {
        return false;
      }
    }
    return true;
  }

  /** The columns with those that SEARCH and CYCLE add: made of the columns that they compare. */
  private List<Value.Field> withGenerated(
      CommonTable definition, List<Value.Field> columns, Scope scope) {
    List<Value.Field> all = new ArrayList<>(columns);
    Search search = definition.search();
    if (search != null) {
      Sources by = named(columns, search.columns()).derived();
      all.add(new Value.Field(search.sequenceColumn(), Value.of(by)));
    }
    Cycle cycle = definition.cycle();
    if (cycle != null) {
      Sources by = named(columns, cycle.columns());
      analysis.influence(by, "CYCLE");
      Sources mark = by.influencing();
      for (@Nullable Expression value :
          new @Nullable Expression[] {cycle.markValue(), cycle.markDefault()}) {
        mark = value == null ? mark : mark.with(analysis.value(value, scope).sources());
      }
      all.add(new Value.Field(cycle.markColumn(), Value.of(mark)));
      all.add(new Value.Field(cycle.pathColumn(), Value.of(by.derived())));
    }
    return all;
  }

  private static Sources named(List<Value.Field> columns, List<String> names) {
    Sources all = Sources.NONE;
    for (Value.Field column : columns) {
      if (names.contains(column.name())) {
        all = all.with(column.value().sources());
      }
    }
    return all;
  }
}
