package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.reach.Callable;
import io.pgguard.reach.Coercions;
import io.pgguard.reach.Resolution;
import io.pgguard.reach.Resolver;
import io.pgguard.reach.TotalFunctions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an expression may do beside giving a value: to fail is seen, and tells of the values that
 * decide about it. Everything may fail that is not known never to. Used by one analysis.
 */
final class Failures {
  /** What an influence is called that a failure has. */
  static final String MAY_FAIL = "a function that may fail: ";

  /**
   * A value that occurs more often in one expression could make a text longer than the server
   * bears.
   */
  static final int MOST_USES = 64;

  /** Functions that write their rows and composites out, and do nothing else with them. */
  private static final Set<String> WRITING =
      Set.of(
          "row_to_json",
          "to_json",
          "to_jsonb",
          "json_agg",
          "jsonb_agg",
          "json_agg_strict",
          "jsonb_agg_strict",
          "json_build_object",
          "jsonb_build_object",
          "json_build_array",
          "jsonb_build_array",
          "array_to_json",
          "array_agg",
          "concat",
          "concat_ws",
          "count",
          "num_nulls",
          "num_nonnulls",
          "pg_typeof");

  private static final int INT8 = 20;

  /** text, varchar, bpchar, name. */
  private static final Set<Integer> TEXTS = Set.of(25, 1043, 1042, 19);

  /** Types of one length: bool, integers, floats, dates and times, uuid. */
  private static final Set<Integer> FIXED =
      Set.of(16, 20, 21, 23, 26, 700, 701, 1082, 1083, 1114, 1184, 1186, 2950);

  private final Analysis analysis;
  private final Resolver resolver;
  private int noted;

  Failures(Analysis analysis) {
    this.analysis = analysis;
    this.resolver = analysis.snapshot.resolver();
  }

  /** How many parts were found so far that may fail: the same before and after, and none did. */
  int noted() {
    return noted;
  }

  /** Notes that something may fail, and whether it does depends on these columns. */
  void note(Sources deciding, String what) {
    noted++;
    analysis.influence(deciding, MAY_FAIL + what);
  }

  /** Notes that something was read that may fail when it is worked out. */
  void loud() {
    noted++;
  }

  /** Notes an operator over these operands, and gives the type of its result. */
  int operator(Operator operator, List<Expression> operands, List<Value> values) {
    String symbol = operator.symbol();
    List<Integer> types = types(operands, values);
    boolean systemOnly = operator.schema().equals(List.of("pg_catalog"));
    Resolution resolution = resolver.operator(symbol, types, systemOnly);
    boolean ours =
        systemOnly
            || (operator.schema().isEmpty()
                && !analysis.snapshot.homemadeOperators().contains(symbol));
    judge(resolution, operands, values, ours, symbol);
    return ours ? resolution.type() : 0;
  }

  /** The same for the operator that a construct of the grammar stands for. */
  int operator(String symbol, List<Expression> operands, List<Value> values) {
    return operator(new Operator(0, List.of(), symbol), operands, values);
  }

  /** What an operator stands for, without noting anything. */
  Resolution resolve(Operator operator, List<Expression> operands, List<Value> values) {
    return resolver.operator(
        operator.symbol(),
        types(operands, values),
        operator.schema().equals(List.of("pg_catalog")));
  }

  Coercions coercions() {
    return resolver.coercions();
  }

  Resolver resolver() {
    return resolver;
  }

  static List<Integer> types(List<Expression> expressions, List<Value> values) {
    List<Integer> types = new ArrayList<>(values.size());
    for (Value value : values) {
      types.add(value.type());
    }
    return types;
  }

  /** Notes what is run, unless it cannot fail. */
  void judge(
      Resolution resolution,
      List<Expression> arguments,
      List<Value> values,
      boolean ours,
      String what) {
    if (!ours || !isTotal(resolution, arguments, values)) {
      Sources all = Sources.NONE;
      for (Value value : values) {
        all = all.with(value.sources());
      }
      note(all, what);
    }
  }

  boolean isTotal(Resolution resolution, List<Expression> arguments, List<Value> values) {
    boolean total = !resolution.functions().isEmpty();
    for (Callable function : resolution.functions()) {
      total &=
          TotalFunctions.isTotal(function, arguments, at -> isDeclared(arguments, values, at))
              && takesPlain(function, arguments, values)
              && becomes(function, arguments, values);
    }
    return total;
  }

  private static boolean isDeclared(List<Expression> arguments, List<Value> values, int at) {
    Expression argument = at < arguments.size() ? arguments.get(at) : null;
    Digits digits = at < values.size() ? Digits.of(values.get(at), argument) : null;
    return digits != null && digits.isDeclared();
  }

  /** Whether the arguments become what a function takes without fail. */
  private boolean becomes(Callable function, List<Expression> arguments, List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      int type = values.get(i).type();
      boolean small = i < arguments.size() && Literals.isSmall(arguments.get(i));
      String step = type == 0 || small ? null : coercions().step(type, function.takes().get(i));
      if (step != null && !TotalFunctions.isTotal(step)) {
        return false;
      }
    }
    return true;
  }

  /** What takes any type compares and writes it by that type's own functions. */
  private boolean takesPlain(Callable function, List<Expression> arguments, List<Value> values) {
    String name = function.key().substring(0, function.key().indexOf('('));
    boolean writes = WRITING.contains(name);
    boolean parses = name.startsWith("jsonb_") || name.equals("to_jsonb");
    if (writes && name.contains("json") && analysis.json.writesByCasts()) {
      return false; // they write by what the database's own casts to JSON do
    }
    for (int i = 0; i < values.size() && i < function.takes().size(); i++) {
      boolean open =
          analysis.catalog.type(function.takes().get(i)).filter(t -> isOpen(t.name())).isPresent();
      boolean literal = i < arguments.size() && isLiteral(arguments.get(i), analysis);
      boolean json = parses && !analysis.json.isParsed(values.get(i));
      if (open && !literal && (json || !isPlain(values.get(i), writes))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Notes an aggregate of keys and values, which takes every value but fails where a key is NULL.
   */
  void keys(Expression key, List<Value> values, String what) {
    boolean literal = isLiteral(key, analysis);
    note(literal ? Sources.NONE : values.get(0).sources(), what);
    if (!isPlain(values.get(1), true)) {
      note(values.get(1).sources(), what);
    }
  }

  private static boolean isOpen(String type) {
    return type.startsWith("any") || type.equals("record");
  }

  /** A parameter of which the client says the type is a value of that type. */
  private static boolean isLiteral(Expression argument, Analysis analysis) {
    return argument instanceof Constant
        || (argument instanceof Parameter parameter && analysis.declared(parameter) == 0);
  }

  private boolean isPlain(Value value, boolean rowsToo) {
    Coercions coercions = resolver.coercions();
    if (!rowsToo || coercions.isWritten(value.type())) {
      return rowsToo || coercions.isPlain(value.type());
    }
    if (value.fields() == null && value.structure() != null) {
      return Structures.leavesOf(value.structure()).allMatch(l -> coercions.isWritten(l.type()));
    }
    List<Value.Field> fields = analysis.references.fieldsOf(value);
    return fields != null && fields.stream().allMatch(f -> isPlain(f.value(), true));
  }

  /** Notes a conversion that the text asks for. */
  void cast(Cast cast, Value operand, int type) {
    boolean literal =
        cast.operand() instanceof Constant constant
            && constant.kind() != Constant.Kind.INTEGER
            && constant.kind() != Constant.Kind.NUMERIC;
    boolean parsed = literal || isOfType(cast.operand(), type);
    boolean lengthOnly =
        cast.type().modifiers().isEmpty() || Set.of("varchar", "bpchar").contains(last(cast));
    boolean domain =
        type == 0 || analysis.catalog.type(type).filter(t -> t.baseType() != 0).isPresent();
    boolean writes = lengthOnly && !domain && TEXTS.contains(type) && isPlain(operand, true);
    boolean estimate = type == INT8 && !domain && analysis.sizes.isEstimate(operand);
    if ((parsed && lengthOnly && !domain) || writes || estimate) {
      return;
    }
    String step = type == 0 ? "" : resolver.coercions().step(operand.type(), type);
    boolean known = operand.type() != 0 && !domain && lengthOnly;
    if (!known || (step != null && !TotalFunctions.isTotal(step))) {
      note(operand.sources(), LineageWording.CAST.words(cast.type().name().text()));
    }
  }

  /**
   * Whether the server takes a parameter for one of that type; one that the client declares
   * otherwise is converted where the expression is worked out.
   */
  private boolean isOfType(Expression operand, int type) {
    if (!(operand instanceof Parameter parameter)) {
      return false;
    }
    int declared = analysis.declared(parameter);
    return declared == 0 || declared == type;
  }

  private static String last(Cast cast) {
    return cast.type().name().last();
  }

  /** Notes columns that occur so often in an expression that its length could tell. */
  Value bound(Value value) {
    if (FIXED.contains(value.type())) {
      return value.withSources(value.sources().once());
    }
    Sources over = value.sources().usedOver(MOST_USES);
    if (!over.isEmpty()) {
      note(over, LineageWording.USED_OFTEN.words(MOST_USES));
    }
    return value;
  }
}
