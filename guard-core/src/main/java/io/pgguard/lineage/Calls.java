package io.pgguard.lineage;

import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Given;
import io.pgguard.reach.Resolution;
import io.pgguard.reach.Resolver;
import io.pgguard.reach.VolatileFunctions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashSet;
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
    analysis.follows(call);
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
    Sources clauses = analysis.windows.clauses(call.orderBy(), call.filter(), call.over(), scope);
    if (call.withinGroup()) {
      for (SortKey key : call.orderBy()) {
        arguments.add(key.value());
        values.add(analysis.value(key.value(), scope));
      }
      all = all.with(analysis.windows.sortKeys(call.orderBy(), scope));
    } else {
      analysis.influence(analysis.windows.sortKeys(call.orderBy(), scope), "ORDER BY");
    }
    if (call.distinct()) {
      distinct(name, values);
    }
    Given given = given(call, values);
    Resolution resolution = analysis.failures.resolver().call(functions, given);
    analysis.called(
        new CalledFunction(
            CalledFunction.Form.FUNCTION,
            schema,
            name,
            constants(name, call.arguments(), scope),
            oids(resolution)));
    if (isCount(functions)) {
      return count(call, values, clauses);
    }
    List<Function> meant = meant(functions, resolution);
    boolean plain = !given.variadic() && given.names().isEmpty();
    if (plain && analysis.json.mapsKeys(call, functions)) {
      analysis.failures.keys(arguments.get(0), values, name);
    } else if (!analysis.sizes.isTotal(functions, name, values)) {
      judge(meant, given, resolution, arguments, values, name);
    }
    effects(meant, name, all);
    if (SELECTING.contains(name) && values.stream().anyMatch(Value::loud)) {
      // what they select is worked out for the rows that the other arguments choose alone
      analysis.influence(all, Failures.MAY_FAIL + LineageWording.ARGUMENT.words(name));
    }
    if (call.ignoreNulls() && !values.isEmpty()) {
      // which row's value it is hangs on where the argument is NULL
      analysis.influence(values.get(0).sources().nullnessOfOwn(), "IGNORE NULLS");
    }
    if (selects(call, functions, values)) {
      return Value.of(all.or(clauses), resolution.type());
    }
    Sources grown = Growth.of(name, arguments, all);
    Sources sizes = analysis.sizes.of(functions, name, arguments);
    return Value.of(grown.derived().with(clauses).with(sizes), resolution.type())
        .withDigits(digits(meant, arguments, values))
        .withStructure(analysis.json.called(call, functions, values));
  }

  /** The digits that a sum has at most; null for anything else. */
  private static @Nullable Digits digits(
      List<Function> meant, List<Expression> arguments, List<Value> values) {
    boolean sum =
        !meant.isEmpty()
            && values.size() == 1
            && meant.stream()
                .allMatch(f -> f.name().equals("sum") && f.schema().equals("pg_catalog"));
    Digits digits = sum ? Digits.of(values.get(0), arguments.get(0)) : null;
    return digits == null ? null : digits.sum();
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

  /** What the call means by its arguments; what stands in WITHIN GROUP comes after the others. */
  private static Given given(FunctionCall call, List<Value> values) {
    List<Integer> types = new ArrayList<>(values.size());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Argument argument = i < call.arguments().size() ? call.arguments().get(i) : null;
      boolean row = argument != null && argument.value() instanceof Row;
      types.add(row ? RECORD : values.get(i).type());
      if (argument != null && argument.name() != null) {
        names.add(argument.name());
      }
    }
    return new Given(types, names, call.variadic());
  }

  /** Notes what is run, unless it cannot fail; arguments with names are put where they belong. */
  private void judge(
      List<Function> meant,
      Given given,
      Resolution resolution,
      List<Expression> arguments,
      List<Value> values,
      String name) {
    if (given.names().isEmpty()) {
      analysis.failures.judge(resolution, arguments, values, !given.variadic(), name);
      return;
    }
    Resolver resolver = analysis.failures.resolver();
    List<Integer> places = resolver.places(meant, given);
    if (places.isEmpty() || given.variadic()) {
      analysis.failures.judge(resolution, arguments, values, false, name);
      return;
    }
    List<Expression> arranged = new ArrayList<>(arguments);
    List<Value> ofThem = new ArrayList<>(values);
    for (int i = 0; i < places.size(); i++) {
      arranged.set(places.get(i), arguments.get(i));
      ofThem.set(places.get(i), values.get(i));
    }
    Given inOrder = Given.inOrder(ofThem.stream().map(Value::type).toList());
    analysis.failures.judge(resolver.call(meant, inOrder), arranged, ofThem, true, name);
  }

  private static Set<Integer> oids(Resolution resolution) {
    Set<Integer> oids = new HashSet<>();
    resolution.functions().forEach(function -> oids.add(function.oid()));
    return oids;
  }

  private static List<Function> meant(List<Function> functions, Resolution resolution) {
    Set<Integer> oids = oids(resolution);
    return oids.isEmpty()
        ? functions
        : functions.stream().filter(function -> oids.contains(function.oid())).toList();
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
      analysis.influence(arguments, LineageWording.ROWS_OF.words(name));
    }
    if (unstable) {
      analysis.influence(arguments, LineageWording.VOLATILE_FUNCTION.words(name));
      if (!VolatileFunctions.HARMLESS.contains(name)) {
        analysis.write(new WriteFlow(LineageWording.EFFECT.words(name), 0, 0, arguments.toSet()));
      }
    }
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
