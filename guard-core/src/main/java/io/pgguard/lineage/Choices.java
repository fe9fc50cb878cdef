package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Case;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.When;
import io.pgguard.reach.Coercions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Constructs that work some of their parts out only where others let them: where such a part can
 * fail, the failure tells of the others. Used by one analysis.
 */
final class Choices {
  static final int BOOL = 16;

  private final Analysis analysis;

  Choices(Analysis analysis) {
    this.analysis = analysis;
  }

  /** AND and OR. */
  Value logical(List<Expression> terms, Scope scope) {
    Sources before = Sources.NONE;
    for (Expression term : terms) {
      before = before.with(chosen(term, scope, before).sources());
    }
    return Value.of(before.derived(), BOOL);
  }

  /** A part that is worked out where these columns let it. */
  private Value chosen(Expression part, Scope scope, Sources deciding) {
    int noted = analysis.failures.noted();
    Value value = analysis.value(part, scope);
    if (analysis.failures.noted() != noted) {
      lazily(deciding);
    }
    return value;
  }

  private void lazily(Sources deciding) {
    analysis.influence(deciding, Failures.MAY_FAIL + LineageWording.TERM.words());
  }

  /** COALESCE: the first that is not NULL. */
  Value coalesce(List<Expression> arguments, Scope scope) {
    List<Value> values = new ArrayList<>(arguments.size());
    Sources deciding = Sources.NONE;
    for (Expression argument : arguments) {
      Value value = chosen(argument, scope, deciding);
      values.add(typed(argument, value));
      deciding = deciding.with(value.sources().nullness());
    }
    return selected(values, Sources.NONE, "COALESCE")
        .withStructure(Structures.chosen(arguments, values));
  }

  /** A parameter takes the type that is asked of it, as a literal does. */
  static Value typed(Expression argument, Value value) {
    return argument instanceof Parameter && value.type() == 0
        ? value.withType(Coercions.UNKNOWN)
        : value;
  }

  /** CASE: what its conditions tell is noted as theirs, and with it what a chosen branch tells. */
  Value cases(Case cases, Scope scope) {
    Expression operand = cases.operand();
    Value compared = operand == null ? Value.NOTHING : analysis.value(operand, scope);
    Sources deciding = compared.sources();
    List<Value> results = new ArrayList<>();
    List<Expression> written = new ArrayList<>();
    for (When when : cases.whens()) {
      if (operand == null) {
        deciding = deciding.with(analysis.conditions.apply(when.condition(), scope, "CASE"));
      } else {
        Value condition = analysis.value(when.condition(), scope);
        analysis.failures.operator(
            "=", List.of(operand, when.condition()), List.of(compared, condition));
        deciding = deciding.with(condition.sources());
      }
      written.add(when.result());
      results.add(typed(when.result(), analysis.value(when.result(), scope)));
    }
    if (operand != null) {
      analysis.influence(deciding, "CASE");
    }
    if (cases.otherwise() != null) {
      written.add(cases.otherwise());
      results.add(typed(cases.otherwise(), analysis.value(cases.otherwise(), scope)));
    }
    return selected(results, deciding.influencing(), "CASE")
        .withStructure(
            Structures.decided(Structures.chosen(written, results), deciding.influencing()));
  }

  /** One of several values: a column's own stays so, unless it becomes another type. */
  private Value selected(List<Value> values, Sources deciding, String what) {
    int type = analysis.common.of(values, what);
    @Nullable Sources chosen = null;
    for (Value value : values) {
      boolean same =
          type != 0
              && (value.type() == type
                  || analysis.failures.coercions().sameBytes(value.type(), type));
      Sources one = same ? value.sources() : value.sources().derived();
      chosen = chosen == null ? one : chosen.orChosen(one);
    }
    return Value.of(chosen == null ? deciding : deciding.or(chosen), type);
  }

  /** x IN (values): looked at until one is the same. */
  Value in(InList list, Scope scope) {
    Value operand = analysis.value(list.operand(), scope);
    Sources all = operand.sources();
    for (Expression expression : list.values()) {
      int noted = analysis.failures.noted();
      Value value = analysis.value(expression, scope);
      equal(list.operand(), operand, expression, value);
      if (analysis.failures.noted() != noted) {
        lazily(all);
      }
      all = all.with(value.sources());
    }
    return Value.of(all.derived(), BOOL);
  }

  /** Notes a comparison for equality; rows are compared field by field. */
  void equal(Expression left, Value one, Expression right, Value other) {
    List<Value.Field> fields = one.fields();
    List<Value.Field> others = other.fields();
    if (fields == null || others == null || fields.size() != others.size()) {
      analysis.failures.operator("=", List.of(left, right), List.of(one, other));
      return;
    }
    boolean written = left instanceof Row && right instanceof Row;
    for (int i = 0; i < fields.size(); i++) {
      Value first = fields.get(i).value();
      Value second = others.get(i).value();
      if (!written && first.type() != second.type()) {
        // records are compared field by field while they run, and theirs must be of one type
        analysis.failures.note(
            one.sources().with(other.sources()), LineageWording.COMPARED_ROWS.words());
      }
      analysis.failures.operator("=", List.of(left, right), List.of(first, second));
    }
  }

  /** x BETWEEN low AND high: two comparisons, the second where the first holds. */
  Value between(Between between, Scope scope) {
    Value operand = analysis.value(between.operand(), scope);
    Value low = analysis.value(between.low(), scope);
    Sources first = operand.sources().with(low.sources());
    int noted = analysis.failures.noted();
    Value high = analysis.value(between.high(), scope);
    compare(">=", between.operand(), operand, between.low(), low);
    compare("<=", between.operand(), operand, between.high(), high);
    if (analysis.failures.noted() != noted) {
      lazily(first);
    }
    return Value.of(first.with(high.sources()).derived(), BOOL);
  }

  private void compare(String symbol, Expression left, Value one, Expression right, Value other) {
    analysis.failures.operator(symbol, List.of(left, right), List.of(one, other));
  }
}
