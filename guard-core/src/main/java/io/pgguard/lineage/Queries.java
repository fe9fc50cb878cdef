package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Distinct;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.GroupingElement;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SetOperation;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.Values;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT, VALUES and set operations: the outputs of a query, and what its clauses influence. */
final class Queries {
  private final Analysis analysis;
  private int intos;

  Queries(Analysis analysis) {
    this.analysis = analysis;
  }

  /** How many SELECTs had INTO; only the first one of a whole statement may. */
  int intos() {
    return intos;
  }

  /** The outputs of a query that stands inside the given level, or at the top. */
  List<Value.Field> outputs(Query query, @Nullable Scope outer) {
    analysis.step();
    Scope scope = new Scope(outer);
    analysis.tables.add(query.with(), scope);
    List<Value.Field> outputs;
    if (query.body() instanceof Select select) {
      outputs = select(select, scope);
      sort(query.orderBy(), outputs, scope);
    } else if (query.body() instanceof SetOperation operation) {
      outputs = setOperation(operation, scope);
      sort(query.orderBy(), outputs, new Scope(scope));
    } else {
      outputs = values((Values) query.body(), scope);
      sort(query.orderBy(), outputs, new Scope(scope));
    }
    limit(query, scope);
    if (query == analysis.whole && query.body() instanceof Select select) {
      PlaceFree free = new PlaceFree(analysis);
      analysis.placeFree = free.holds(query, select, scope, false);
      analysis.groupsFree = analysis.placeFree || free.holds(query, select, scope, true);
    }
    return outputs;
  }

  private void limit(Query query, Scope scope) {
    if (query.limit() != null) {
      analysis.influence(analysis.value(query.limit(), scope).sources(), "LIMIT");
    }
    if (query.offset() != null) {
      analysis.influence(analysis.value(query.offset(), scope).sources(), "OFFSET");
    }
  }

  private List<Value.Field> select(Select select, Scope scope) {
    if (select.into() != null) {
      intos++;
    }
    analysis.from.add(select.from(), scope);
    analysis.conditions.apply(select.where(), scope, "WHERE");
    // Only now: a call inside WHERE may be evaluated before the term that holds its column.
    analysis.conditions.rememberConstants(select.where(), scope);
    for (WindowSpec window : select.windows()) {
      scope.windows.put(String.valueOf(window.name()), analysis.windows.window(window, scope));
    }
    List<Value.Field> outputs = targets(select.targets(), scope);
    if (select.groupBy() != null) {
      for (GroupingElement element : select.groupBy().elements()) {
        group(element, outputs, scope);
      }
    }
    analysis.conditions.apply(select.having(), scope, "HAVING");
    if (select.distinct() != null) {
      distinct(select.distinct(), outputs, scope);
    }
    return outputs;
  }

  /** The outputs of a target or RETURNING list. */
  List<Value.Field> targets(List<Target> targets, Scope scope) {
    List<Value.Field> outputs = new ArrayList<>(targets.size());
    for (Target target : targets) {
      Expression value = target.value();
      if (value instanceof ColumnRef star && star.star()) {
        outputs.addAll(analysis.references.star(star, scope));
      } else if (value instanceof RowExpansion expansion) {
        outputs.addAll(analysis.references.expanded(expansion, scope));
      } else {
        outputs.add(new Value.Field(Labels.of(target), analysis.value(value, scope)));
      }
      analysis.bounded(outputs);
    }
    return outputs;
  }

  private void distinct(Distinct distinct, List<Value.Field> outputs, Scope scope) {
    if (distinct.on().isEmpty()) {
      outputs.forEach(output -> alike(output.value(), "DISTINCT"));
    }
    for (Expression on : distinct.on()) {
      alike(positional(on, outputs, scope, false), "DISTINCT ON");
    }
  }

  private void group(GroupingElement element, List<Value.Field> outputs, Scope scope) {
    for (Expression by : element.expressions()) {
      if (by instanceof Row row && !row.explicit()) {
        row.fields().forEach(f -> alike(by(f, outputs, scope), "GROUP BY"));
      } else {
        alike(by(by, outputs, scope), "GROUP BY");
      }
    }
    element.elements().forEach(inner -> group(inner, outputs, scope));
  }

  /** Values that are put together where they are the same. */
  private void alike(Value value, String where) {
    if (value.pure()) {
      analysis.influences.identity(value.sources(), where);
    } else {
      analysis.influence(value.sources(), where);
    }
  }

  private Value by(Expression by, List<Value.Field> outputs, Scope scope) {
    return positional(by, outputs, scope, true);
  }

  private void sort(List<SortKey> keys, List<Value.Field> outputs, Scope scope) {
    for (SortKey key : keys) {
      if (key.using() != null) {
        analysis.expressions.noteOperator(key.using());
      }
      Value by = positional(key.value(), outputs, scope, false);
      analysis.influence(by.sources(), "ORDER BY");
    }
  }

  /**
   * What an element of GROUP BY, ORDER BY or DISTINCT ON means: an output by position or name, or
   * an expression. GROUP BY prefers columns of FROM to names of outputs (PostgreSQL's
   * findTargetlistEntrySQL92).
   */
  private Value positional(
      Expression by, List<Value.Field> outputs, Scope scope, boolean columnsFirst) {
    if (by instanceof Constant constant && constant.kind() == Constant.Kind.INTEGER) {
      int position = position(constant.value());
      if (position < 1 || position > outputs.size()) {
        throw new Unresolved(LineageWording.POSITION_OUTSIDE, constant.value());
      }
      return outputs.get(position - 1).value();
    }
    if (by instanceof ColumnRef ref && ref.names().size() == 1 && !ref.star()) {
      String name = ref.names().get(0);
      analysis.step(outputs.size());
      Value named = null;
      for (Value.Field output : outputs) {
        if (output.name().equals(name)) {
          named = named == null ? output.value() : named.or(output.value());
        }
      }
      if (named != null && !(columnsFirst && scope.hasOwnColumn(name))) {
        return named;
      }
    }
    return analysis.value(by, scope);
  }

  private static int position(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Unresolved(LineageWording.POSITION_UNREAD, text);
    }
  }

  private List<Value.Field> values(Values values, Scope scope) {
    List<Value.Field> outputs = null;
    for (Row row : values.rows()) {
      List<Value.Field> fields = analysis.references.fields(row.fields(), scope);
      if (outputs == null) {
        outputs = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
          outputs.add(new Value.Field("column" + (i + 1), fields.get(i).value()));
        }
      } else {
        outputs = Value.union(outputs, fields);
      }
    }
    return outputs == null ? List.of() : outputs;
  }

  private List<Value.Field> setOperation(SetOperation operation, Scope scope) {
    List<List<Value.Field>> branches = new ArrayList<>();
    List<Value.Field> outputs = null;
    for (Query branch : operation.branches()) {
      List<Value.Field> next = outputs(branch, scope);
      branches.add(next);
      outputs = outputs == null ? next : Value.union(outputs, next);
    }
    return compared(operation, outputs == null ? List.of() : outputs, branches);
  }

  /** The branches become of one type; everything but UNION ALL compares whole rows. */
  private List<Value.Field> compared(
      SetOperation operation, List<Value.Field> outputs, List<List<Value.Field>> branches) {
    boolean whole = !operation.all() || operation.kind() != SetOperation.Kind.UNION;
    List<Value.Field> plain = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      Value.Field output = outputs.get(i);
      List<Value> values = new ArrayList<>(branches.size());
      for (List<Value.Field> branch : branches) {
        values.add(branch.get(i).value());
      }
      int type = analysis.common.of(values, operation.kind().name());
      if (whole) {
        alike(output.value(), operation.kind().name());
      }
      plain.add(new Value.Field(output.name(), output.value().asExpression().withType(type)));
    }
    return plain;
  }

  /** A common table that may refer to itself in the last branch of its UNION. */
  List<Value.Field> recursive(
      Query query, SetOperation operation, Scope outer, CommonTables.Table table) {
    Scope scope = new Scope(outer);
    analysis.tables.add(query.with(), scope);
    List<Query> branches = operation.branches();
    List<Value.Field> start = null;
    for (Query branch : branches.subList(0, branches.size() - 1)) {
      List<Value.Field> next = outputs(branch, scope);
      next = next.stream().map(f -> new Value.Field(f.name(), f.value().asOutput())).toList();
      start = start == null ? next : Value.union(start, next);
    }
    Query last = branches.get(branches.size() - 1);
    List<Value.Field> settled =
        analysis.tables.settle(
            table, start == null ? List.of() : start, () -> outputs(last, scope));
    List<Value.Field> outputs = compared(operation, settled, List.of(settled));
    sort(query.orderBy(), outputs, new Scope(scope));
    limit(query, scope);
    return outputs;
  }
}
