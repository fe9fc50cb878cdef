package io.pgguard.lineage;

import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.GroupBy;
import io.pgguard.internal.syntax.tree.GroupingElement;
import io.pgguard.internal.syntax.tree.Join;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.WindowSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells queries that read whole partitioned tables and whose result is the same in whatever order
 * their rows are kept: then it tells nothing of the partitions. Either all rows are put together by
 * aggregates that do not ask for an order, or the rows that come are sorted by all that is shown of
 * them. Used by one analysis.
 */
final class PlaceFree {
  private static final Set<String> SYSTEM =
      Set.of("tableoid", "ctid", "xmin", "cmin", "xmax", "cmax");

  private static final Set<SpecialForm.Form> CHOICES =
      Set.of(
          SpecialForm.Form.COALESCE,
          SpecialForm.Form.NULLIF,
          SpecialForm.Form.GREATEST,
          SpecialForm.Form.LEAST);

  private static final Set<String> ANY_VALUES = Set.of("count", "bool_and", "bool_or", "every");
  private static final Set<String> SUMS = Set.of("sum", "avg");
  private static final Set<String> ENDS = Set.of("min", "max");

  /** int2, int4, int8, date, timestamp, timestamptz: equal values are the same. */
  private static final Set<Integer> NUMBERS = Set.of(20, 21, 23, 1082, 1114, 1184);

  /** The same, bool, uuid, text and varchar: where their collation says so too. */
  private static final Set<Integer> EXACT =
      Set.of(20, 21, 23, 1082, 1114, 1184, 16, 2950, 25, 1043);

  private static final Set<Integer> SUMMED = Set.of(20, 21, 23, 1700);

  private final Analysis analysis;

  PlaceFree(Analysis analysis) {
    this.analysis = analysis;
  }

  /**
   * Whether a whole statement is such a query.
   *
   * @param groups whether groups need not be sorted, of which each brings one row
   */
  boolean holds(Query query, Select select, Scope scope, boolean groups) {
    if (query.with() != null
        || !query.locking().isEmpty()
        || select.into() != null
        || select.distinct() != null
        || analysis.failures.noted() > 0) { // the first row that fails would tell
      return false;
    }
    boolean aggregates = false;
    Deque<Node> open = new ArrayDeque<>();
    query.children(open::push);
    while (!open.isEmpty()) {
      Node next = open.pop();
      if (!isFree(next, scope)) {
        return false;
      }
      aggregates |= next instanceof FunctionCall call && isAggregate(call);
      next.children(open::push);
    }
    if (select.groupBy() != null) {
      return grouped(select.groupBy(), query, select, scope, groups && isWhole(query));
    }
    return aggregates || sorted(query, select, scope);
  }

  private boolean isFree(Node node, Scope scope) {
    if (node instanceof FromItem item) {
      return item instanceof Join || (item instanceof RelationItem one && isWhole(one));
    } else if (node instanceof FunctionCall call) {
      return isFree(call, scope);
    } else if (node instanceof ColumnRef column) {
      return isPlain(column, scope);
    } else if (node instanceof SpecialForm form) {
      return CHOICES.contains(form.form()); // others may be aggregates
    }
    return !(node instanceof Query
        || node instanceof WindowSpec
        || node instanceof RowExpansion
        || node instanceof SortKey key && key.using() != null);
  }

  private boolean isWhole(RelationItem item) {
    Relation relation = analysis.relations.find(item.name().parts());
    return relation != null
        && relation.oid() != 0
        && !item.only()
        && item.sample() == null
        && (relation.kind() == RelationKind.TABLE
            || relation.kind() == RelationKind.PARTITIONED_TABLE
            || (Relations.isView(relation) && analysis.releasedRows.covers(relation)))
        && analysis.snapshot.places().ofPart(relation.oid()).isEmpty();
  }

  /** A column, no whole row and nothing of where a row is kept. */
  private static boolean isPlain(ColumnRef column, Scope scope) {
    if (column.star() || column.names().isEmpty()) {
      return false;
    }
    String last = column.names().get(column.names().size() - 1);
    boolean row = scope.entry(null, last) != null && scope.column(last) == null;
    return !SYSTEM.contains(last) && !row;
  }

  private boolean isFree(FunctionCall call, Scope scope) {
    List<Function> functions = analysis.calls.candidates(call.name().schema(), call.name().last());
    boolean plain =
        !functions.isEmpty()
            && functions.stream()
                .allMatch(
                    f ->
                        f.schema().equals("pg_catalog")
                            && !f.returnsSet()
                            && f.volatility() != Function.Volatility.VOLATILE);
    if (!plain || call.over() != null || call.withinGroup()) {
      return false;
    }
    if (!isAggregate(call)) {
      return true;
    }
    String name = call.name().last();
    int type =
        call.arguments().size() == 1
            ? analysis.value(call.arguments().get(0).value(), scope).type()
            : 0;
    return call.orderBy().isEmpty()
        && (ANY_VALUES.contains(name)
            || (SUMS.contains(name) && SUMMED.contains(type))
            || (ENDS.contains(name) && NUMBERS.contains(type)));
  }

  private boolean isAggregate(FunctionCall call) {
    return analysis.calls.candidates(call.name().schema(), call.name().last()).stream()
        .anyMatch(function -> function.kind() == Function.Kind.AGGREGATE);
  }

  /** One row for each group, and sorted by what makes the groups. */
  private boolean grouped(GroupBy by, Query query, Select select, Scope scope, boolean unsorted) {
    Set<String> sorted = sortedBy(query, select);
    for (GroupingElement element : by.elements()) {
      Expression one =
          element.kind() == GroupingElement.Kind.EXPRESSION && element.expressions().size() == 1
              ? element.expressions().get(0)
              : null;
      ColumnRef column = one == null ? null : grouping(one, select, scope);
      boolean inOrder = column != null && (unsorted || sorted.contains(name(column)));
      if (column == null || !inOrder || !isExact(column, scope)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of a query's rows come. */
  private static boolean isWhole(Query query) {
    return query.limit() == null && query.offset() == null;
  }

  /** GROUP BY prefers columns of FROM to names of outputs. */
  private static @Nullable ColumnRef grouping(Expression by, Select select, Scope scope) {
    boolean own =
        by instanceof ColumnRef column
            && (column.names().size() > 1 || scope.hasOwnColumn(column.names().get(0)));
    return own ? (ColumnRef) by : output(by, select);
  }

  /** Rows that the sorting does not tell apart look the same. */
  private boolean sorted(Query query, Select select, Scope scope) {
    Set<String> sorted = sortedBy(query, select);
    List<ColumnRef> shown = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>(select.targets());
    while (!open.isEmpty()) {
      Node next = open.pop();
      if (next instanceof ColumnRef column) {
        shown.add(column);
      }
      next.children(open::push);
    }
    for (ColumnRef column : shown) {
      if (!sorted.contains(name(column)) || !isExact(column, scope)) {
        return false;
      }
    }
    return true;
  }

  private boolean isExact(ColumnRef column, Scope scope) {
    Value value = analysis.value(column, scope);
    return EXACT.contains(value.type()) && analysis.isExact(value.sources());
  }

  /** The columns of FROM by which the result is sorted; ORDER BY prefers names of outputs. */
  private static Set<String> sortedBy(Query query, Select select) {
    Set<String> names = new HashSet<>();
    for (SortKey key : query.orderBy()) {
      ColumnRef column = output(key.value(), select);
      if (column == null && key.value() instanceof ColumnRef named && !isLabel(named, select)) {
        column = named;
      }
      if (column != null) {
        names.add(name(column));
      }
    }
    return names;
  }

  /** The column that an output is that is meant by its position or name; else null. */
  private static @Nullable ColumnRef output(Expression by, Select select) {
    List<Target> targets = select.targets();
    Target found = null;
    if (by instanceof Constant constant && constant.kind() == Constant.Kind.INTEGER) {
      int position = constant.value().matches("\\d{1,4}") ? Integer.parseInt(constant.value()) : 0;
      found = position < 1 || position > targets.size() ? null : targets.get(position - 1);
    } else if (by instanceof ColumnRef column && column.names().size() == 1) {
      for (Target target : targets) {
        if (Labels.of(target).equals(column.names().get(0))) {
          found = target;
        }
      }
    }
    return found != null && found.value() instanceof ColumnRef column ? column : null;
  }

  private static boolean isLabel(ColumnRef column, Select select) {
    return column.names().size() == 1
        && select.targets().stream()
            .anyMatch(target -> Labels.of(target).equals(column.names().get(0)));
  }

  private static String name(ColumnRef column) {
    return String.join(".", column.names());
  }
}
