package io.pgguard.lineage;

import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Frame;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Resolution;
import io.pgguard.reach.VolatileFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What function calls make of their arguments, and what they let out beside their result. */
final class Calls {
  private static final Set<String> NEED_CONSTANTS = Set.of("set_config", "current_setting");
  private static final int INT8 = 20;
  private static final int RECORD = 2249;

  /** Window functions that give the value of another row. */
  private static final Set<String> SELECTING =
      Set.of("lag", "lead", "first_value", "last_value", "nth_value");

  private final Analysis analysis;

  Calls(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The functions that a name may mean. */
  List<Function> candidates(@Nullable String schema, String name) {
    List<Function> found = new ArrayList<>(2);
    for (Function function : analysis.catalog.functionsNamed(name)) {
      if (schema == null
          ? analysis.path.schemas().contains(function.schema())
          : schema.equals(function.schema())) {
        found.add(function);
      }
    }
    return found;
  }

  Value value(FunctionCall call, Scope scope) {
    String schema = call.name().schema();
    String name = call.name().last();
    List<Expression> arguments = new ArrayList<>(call.arguments().size());
    List<Value> values = new ArrayList<>(call.arguments().size());
    Sources all = Sources.NONE;
    List<Function> functions = candidates(schema, name);
    for (Argument argument : call.arguments()) {
      Value value = analysis.value(argument.value(), scope);
      if (analysis.shown != null && values.isEmpty()) {
        value = analysis.shown.argument(call, functions, value);
      }
      arguments.add(argument.value());
      values.add(value);
      all = all.with(value.sources());
    }
    if (functions.isEmpty() && schema == null && values.size() == 1) {
      Value projected = values.get(0).field(name);
      if (projected != null) {
        return projected.asExpression();
      }
    }
    analysis.called(
        new CalledFunction(
            CalledFunction.Form.FUNCTION, schema, name, constants(name, call.arguments(), scope)));
    Sources clauses = clauses(call.orderBy(), call.filter(), call.over(), scope);
    if (call.withinGroup()) {
      for (SortKey key : call.orderBy()) {
        arguments.add(key.value());
        values.add(analysis.value(key.value(), scope));
      }
      all = all.with(sortKeys(call.orderBy(), scope));
    } else {
      analysis.influence(sortKeys(call.orderBy(), scope), "ORDER BY");
    }
    if (call.distinct()) {
      distinct(name, values);
    }
    if (isCount(functions)) {
      return count(call, values, clauses);
    }
    Resolution resolution = analysis.failures.resolver().call(functions, types(call, values));
    boolean ours = !call.variadic() && call.arguments().stream().allMatch(a -> a.name() == null);
    if (ours && analysis.json.mapsKeys(call, functions)) {
      analysis.failures.keys(arguments.get(0), values, name);
    } else if (!analysis.sizes.isTotal(functions, name, values)) {
      analysis.failures.judge(resolution, arguments, values, ours, name);
    }
    effects(functions, name, all);
    if (SELECTING.contains(name) && values.stream().anyMatch(Value::loud)) {
      // what they select is worked out for the rows that the other arguments choose alone
      analysis.influence(all, Failures.MAY_FAIL + "an argument of " + name);
    }
    if (selects(call, functions, values)) {
      return Value.of(all.or(clauses), resolution.type());
    }
    Sources grown = Growth.of(name, arguments, all);
    Sources sizes = analysis.sizes.of(functions, name, arguments);
    return Value.of(grown.derived().with(clauses).with(sizes), resolution.type())
        .withStructure(analysis.json.called(call, functions, values));
  }

  /**
   * Whether a call gives a column's own values, of rows that others chose, or an array of them: the
   * column's mask is the result's then.
   */
  private boolean selects(FunctionCall call, List<Function> functions, List<Value> values) {
    if (call.distinct() || functions.stream().anyMatch(f -> !f.schema().equals("pg_catalog"))) {
      return false;
    }
    String name = call.name().last();
    boolean rest = call.arguments().stream().skip(1).allMatch(a -> a.value() instanceof Constant);
    int type = values.isEmpty() ? 0 : values.get(0).type();
    boolean scalar = type != 0 && analysis.catalog.type(type).filter(t -> !t.isArray()).isPresent();
    return (name.equals("array_agg") && values.size() == 1 && scalar)
        || (SELECTING.contains(name) && call.over() != null && values.size() < 3 && rest);
  }

  private static List<Integer> types(FunctionCall call, List<Value> values) {
    List<Integer> types = new ArrayList<>(values.size());
    for (Value value : values) {
      boolean row = value.type() == 0 && value.fields() != null;
      types.add(call.variadic() ? 0 : row ? RECORD : value.type());
    }
    return types;
  }

  /** An aggregate of values that differ: of columns' own it tells only which are the same. */
  private void distinct(String name, List<Value> values) {
    for (Value value : values) {
      if (value.pure()) {
        analysis.influences.identity(value.sources(), name + "(DISTINCT)");
      } else {
        analysis.influence(value.sources(), name + "(DISTINCT)");
      }
    }
  }

  private static boolean isCount(List<Function> functions) {
    for (Function function : functions) {
      if (!function.schema().equals("pg_catalog") || !function.name().equals("count")) {
        return false;
      }
    }
    return !functions.isEmpty();
  }

  /** Counts rows of which something is not NULL: of a column's own value that is all it asks. */
  private static Value count(FunctionCall call, List<Value> values, Sources clauses) {
    Sources all = clauses;
    for (Value value : values) {
      boolean row = value.fields() != null;
      all = all.with(row && !call.distinct() ? Sources.NONE : value.sources().nullness());
    }
    return Value.of(all.derived(), INT8);
  }

  /** Notes what calling these functions with such arguments lets out beside the result. */
  void effects(List<Function> functions, String name, Sources arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    boolean set = false;
    boolean unstable = functions.isEmpty();
    for (Function function : functions) {
      set |= function.returnsSet();
      unstable |= function.volatility() == Function.Volatility.VOLATILE;
    }
    if (set) {
      analysis.influence(arguments, "the number of rows of " + name);
    }
    if (unstable) {
      analysis.influence(arguments, "a volatile function: " + name);
      if (!VolatileFunctions.HARMLESS.contains(name)) {
        analysis.write(
            new WriteFlow("a function with side effects " + name, 0, 0, arguments.toSet()));
      }
    }
  }

  Sources sortKeys(List<SortKey> keys, Scope scope) {
    Sources all = Sources.NONE;
    for (SortKey key : keys) {
      if (key.using() != null) {
        analysis.expressions.noteOperator(key.using());
      }
      all = all.with(analysis.value(key.value(), scope).sources());
    }
    return all;
  }

  /** FILTER and OVER: both influence; a window's columns decide about its result. */
  Sources clauses(
      List<SortKey> orderBy, @Nullable Expression filter, @Nullable WindowSpec over, Scope scope) {
    analysis.conditions.apply(filter, scope, "FILTER");
    return over == null ? Sources.NONE : window(over, scope).influencing();
  }

  /** What a window is partitioned and ordered by; notes it as influence. */
  Sources window(WindowSpec window, Scope scope) {
    Sources all = Sources.NONE;
    for (Expression by : window.partitionBy()) {
      all = all.with(analysis.value(by, scope).sources());
    }
    all = all.with(sortKeys(window.orderBy(), scope));
    Frame frame = window.frame();
    if (frame != null && frame.startOffset() != null) {
      all = all.with(analysis.value(frame.startOffset(), scope).sources());
    }
    if (frame != null && frame.endOffset() != null) {
      all = all.with(analysis.value(frame.endOffset(), scope).sources());
    }
    for (String named : new String[] {window.base(), window.name()}) {
      if (named != null) {
        all = all.with(scope.windows.getOrDefault(named, Sources.NONE));
      }
    }
    analysis.influence(all, "OVER");
    return all;
  }

  private List<Optional<String>> constants(String name, List<Argument> arguments, Scope scope) {
    if (!NEED_CONSTANTS.contains(name)) {
      return List.of();
    }
    List<Optional<String>> constants = new ArrayList<>(arguments.size());
    for (Argument argument : arguments) {
      String text =
          argument.value() instanceof ColumnRef column && !column.star()
              ? scope.constants.get(column.names())
              : Conditions.text(argument.value());
      constants.add(argument.name() == null ? Optional.ofNullable(text) : Optional.empty());
    }
    return constants;
  }
}
