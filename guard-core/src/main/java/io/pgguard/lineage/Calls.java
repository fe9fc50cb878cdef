package io.pgguard.lineage;

import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Frame;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.TotalFunctions;
import io.pgguard.reach.VolatileFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What function calls make of their arguments, and what they let out beside their result. */
final class Calls {
  private static final Set<String> NEED_CONSTANTS = Set.of("set_config", "current_setting");

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
    List<Value> values = new ArrayList<>(call.arguments().size());
    Sources all = Sources.NONE;
    for (Argument argument : call.arguments()) {
      Value value = analysis.value(argument.value(), scope);
      values.add(value);
      all = all.with(value.sources());
    }
    List<Function> functions = candidates(schema, name);
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
      all = all.with(sortKeys(call.orderBy(), scope));
    } else {
      analysis.influence(sortKeys(call.orderBy(), scope), "ORDER BY");
    }
    if (call.distinct()) {
      analysis.influence(all, name + "(DISTINCT)");
    }
    if (isCount(functions)) {
      return count(call, all, clauses);
    }
    noteEffects(functions, name, all, !total(call, functions, values));
    return Value.of(all.derived().with(clauses), returnType(functions));
  }

  private static int returnType(List<Function> functions) {
    int type = 0;
    for (Function function : functions) {
      if (function.returnsSet() || (type != 0 && type != function.returnType())) {
        return 0;
      }
      type = function.returnType();
    }
    return type;
  }

  private static boolean isCount(List<Function> functions) {
    for (Function function : functions) {
      if (!function.schema().equals("pg_catalog") || !function.name().equals("count")) {
        return false;
      }
    }
    return !functions.isEmpty();
  }

  private Value count(FunctionCall call, Sources all, Sources clauses) {
    boolean plain =
        call.star()
            || (!call.distinct()
                && call.arguments().size() == 1
                && call.arguments().get(0).value() instanceof ColumnRef);
    if (!plain) {
      analysis.influence(all, "count(expression)");
    }
    return Value.of(clauses);
  }

  /** Whether no input can make the call fail. */
  private boolean total(FunctionCall call, List<Function> functions, List<Value> values) {
    for (Function function : functions) {
      if (!function.schema().equals("pg_catalog")) {
        return false;
      }
    }
    String name = call.name().last();
    if (functions.isEmpty() || call.variadic()) {
      return false;
    }
    if (TotalFunctions.FUNCTIONS.contains(name)) {
      return true;
    }
    List<Argument> arguments = call.arguments();
    return switch (name) {
      case "length" -> values.size() == 1;
      case "array_agg" -> values.size() == 1 && isNoArray(values.get(0));
      case "json_build_object", "jsonb_build_object" -> keysAreConstant(arguments);
      case "format" -> !arguments.isEmpty() && isQuietFormat(arguments.get(0).value());
      default -> restIsConstant(name, arguments) && !refersBack(name, arguments);
    };
  }

  /** Arrays that are collected need to be of one shape. */
  private boolean isNoArray(Value value) {
    return analysis
        .catalog
        .type(analysis.catalog.baseType(value.type()))
        .filter(type -> !type.isArray() && !type.name().startsWith("any"))
        .isPresent();
  }

  /** A key may not be null. */
  private static boolean keysAreConstant(List<Argument> arguments) {
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!Conditions.isConstant(arguments.get(i).value())) {
        return false;
      }
    }
    return true;
  }

  /** {@code %I} refuses nulls; a star takes a width from an argument. */
  private static boolean isQuietFormat(Expression format) {
    String text = Conditions.text(format);
    return text != null && text.indexOf('I') < 0 && text.indexOf('*') < 0;
  }

  private static boolean restIsConstant(String name, List<Argument> arguments) {
    Integer first = TotalFunctions.CONSTANT_FROM.get(name);
    if (first == null) {
      return false;
    }
    int until = TotalFunctions.CONSTANT_ONLY_FIRST.contains(name) ? 1 : arguments.size();
    for (int i = first; i < until; i++) {
      if (!Conditions.isConstant(arguments.get(i).value())) {
        return false;
      }
    }
    return true;
  }

  /**
   * A pattern that refers back to what it matched can take so long on some values that it tells.
   */
  private static boolean refersBack(String name, List<Argument> arguments) {
    return (name.startsWith("regexp_") || name.equals("substring"))
        && arguments.size() > 1
        && Quiet.refersBack(arguments.get(1).value());
  }

  /** Notes what calling these functions with such arguments lets out beside the result. */
  void noteEffects(List<Function> functions, String name, Sources arguments, boolean mayFail) {
    if (arguments.isEmpty()) {
      return;
    }
    boolean set = false;
    boolean unstable = functions.isEmpty();
    for (Function function : functions) {
      set |= function.returnsSet();
      unstable |= function.volatility() == Function.Volatility.VOLATILE;
    }
    if (mayFail) {
      analysis.influence(arguments, Expressions.MAY_FAIL + name);
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

  private Sources sortKeys(List<SortKey> keys, Scope scope) {
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
  private Sources clauses(
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

  Value special(SpecialForm form, Scope scope) {
    List<Expression> arguments = new ArrayList<>(form.arguments().size());
    form.arguments().forEach(argument -> arguments.add(argument.value()));
    Sources all = Sources.NONE;
    boolean plain = !arguments.isEmpty();
    for (Expression argument : arguments) {
      Value value = analysis.value(argument, scope);
      all = all.with(value.sources());
      plain &= analysis.quiet.isPlain(argument, value);
    }
    if (form.form() == SpecialForm.Form.GROUPING) {
      return Value.NOTHING;
    }
    if (form.form() == SpecialForm.Form.COALESCE) {
      analysis.expressions.noteChoosing(arguments, all);
    }
    analysis.influence(sortKeys(form.orderBy(), scope), "ORDER BY");
    Sources clauses = clauses(form.orderBy(), form.filter(), form.over(), scope);
    if (!TotalFunctions.FORMS.contains(form.form())) {
      analysis.influence(all, Expressions.MAY_FAIL + form.form());
    }
    boolean same = plain && TotalFunctions.FORMS.contains(form.form());
    return Value.of(all.derived().with(clauses), same ? Quiet.TEXT : 0);
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
