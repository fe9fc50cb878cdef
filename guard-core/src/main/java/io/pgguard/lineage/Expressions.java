package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ArrayQuery;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Case;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.CurrentOf;
import io.pgguard.internal.syntax.tree.DefaultValue;
import io.pgguard.internal.syntax.tree.Exists;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FieldSelection;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.InQuery;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.IsTest;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.internal.syntax.tree.QuantifiedQuery;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.Subscript;
import io.pgguard.reach.CalledFunction;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;

/** What feeds an expression: a plain column is copied, everything else derives or influences. */
final class Expressions {
  private static final Operator EQUALS = new Operator(0, List.of(), "=");

  private final Analysis analysis;

  Expressions(Analysis analysis) {
    this.analysis = analysis;
  }

  Value value(Expression e, Scope scope) {
    int noted = analysis.failures.noted();
    Value value = followed(e, scope);
    value = analysis.failures.bound(value);
    if (analysis.failures.noted() != noted) {
      value = value.withLoud();
    }
    if (analysis.sizesShow && !(e instanceof ColumnRef) && !(e instanceof ScalarSubquery)) {
      analysis.computed(value.sources());
    }
    return value;
  }

  private Value followed(Expression e, Scope scope) {
    analysis.step();
    if (e instanceof ColumnRef column) {
      return analysis.references.column(column, scope);
    } else if (e instanceof Constant constant) {
      return Value.of(Sources.NONE, Literals.type(constant));
    } else if (e instanceof Parameter parameter) {
      return Value.of(Sources.NONE, Math.max(analysis.declared(parameter), 0));
    } else if (e instanceof DefaultValue || e instanceof CurrentOf) {
      return Value.NOTHING;
    } else if (e instanceof Operation operation) {
      return operation(operation, scope);
    } else if (e instanceof FunctionCall call) {
      return analysis.calls.value(call, scope);
    } else if (e instanceof Cast cast) {
      return analysis.casts.value(cast, scope);
    } else if (e instanceof SpecialForm form) {
      return analysis.forms.value(form, scope);
    } else if (e instanceof FieldSelection selection) {
      return analysis.references.field(value(selection.operand(), scope), selection.field());
    } else if (e instanceof Row row) {
      return Value.row(analysis.references.fields(row.fields(), scope));
    } else if (e instanceof ScalarSubquery subquery) {
      return scalar(subquery.query(), scope);
    } else if (e instanceof Case cases) {
      return analysis.choices.cases(cases, scope);
    } else if (e instanceof Subscript subscript) {
      return analysis.arrays.subscript(subscript, scope);
    } else if (e instanceof ArrayValue array) {
      return analysis.arrays.value(array, scope);
    } else if (e instanceof Collate collate) {
      Value operand = value(collate.operand(), scope);
      return Value.of(operand.sources().derived(), operand.type());
    } else if (e instanceof ArrayQuery array) {
      return analysis.arrays.of(analysis.queries.outputs(array.query(), scope));
    } else if (e instanceof RowExpansion expansion) {
      return Value.of(sources(expansion.operand(), scope).derived());
    }
    return test(e, scope);
  }

  /** What only tells something about its operands: true, false or NULL. */
  private Value test(Expression e, Scope scope) {
    if (e instanceof Logical logical) {
      return analysis.choices.logical(logical.terms(), scope);
    } else if (e instanceof Not not) {
      return truth(sources(not.operand(), scope));
    } else if (e instanceof IsTest test) {
      return isTest(test, scope);
    } else if (e instanceof InList list) {
      return analysis.choices.in(list, scope);
    } else if (e instanceof Between between) {
      return analysis.choices.between(between, scope);
    } else if (e instanceof Like like) {
      return like(like, scope);
    } else if (e instanceof IsDistinct distinct) {
      Value left = value(distinct.left(), scope);
      Value right = value(distinct.right(), scope);
      analysis.choices.equal(distinct.left(), left, distinct.right(), right);
      return truth(left.sources().with(right.sources()));
    } else if (e instanceof QuantifiedArray quantified) {
      noteOperator(quantified.operator());
      return analysis.arrays.quantified(quantified, scope);
    } else if (e instanceof QuantifiedQuery quantified) {
      noteOperator(quantified.operator());
      return compared(quantified.left(), quantified.operator(), quantified.query(), scope);
    } else if (e instanceof InQuery in) {
      return compared(in.operand(), EQUALS, in.query(), scope);
    } else if (e instanceof Exists exists) {
      analysis.queries.outputs(exists.query(), scope);
      return truth(Sources.NONE);
    }
    throw new Unresolved(LineageWording.EXPRESSION, e.getClass().getSimpleName());
  }

  private static Value truth(Sources sources) {
    return Value.of(sources.derived(), Choices.BOOL);
  }

  /**
   * IS NULL asks of a column's own value only whether there is one; of a row it asks for each field
   * (PostgreSQL documentation, "Comparison Functions and Operators").
   */
  private Value isTest(IsTest test, Scope scope) {
    Value operand = value(test.operand(), scope);
    boolean plain =
        test.kind() == IsTest.Kind.NULL
            && operand.fields() == null
            && !analysis.catalog.mayBeRow(operand.type());
    return truth(plain ? operand.sources().nullness() : operand.sources());
  }

  private Sources sources(Expression e, Scope scope) {
    return value(e, scope).sources();
  }

  private Value like(Like like, Scope scope) {
    Value operand = value(like.operand(), scope);
    Value pattern = value(like.pattern(), scope);
    Sources all = operand.sources().with(pattern.sources());
    Expression escape = like.escape();
    if (escape != null) {
      all = all.with(sources(escape, scope));
    }
    if (like.kind() == Like.Kind.SIMILAR || escape != null) {
      if (!Literals.isPlainPattern(like.pattern(), escape)) {
        analysis.failures.note(all, LineageWording.PATTERN.words());
      }
      return truth(all);
    }
    String symbol = (like.negated() ? "!~~" : "~~") + (like.kind() == Like.Kind.LIKE ? "" : "*");
    analysis.failures.operator(
        symbol, List.of(like.operand(), like.pattern()), List.of(operand, pattern));
    return truth(all);
  }

  /**
   * Both sides of a comparison with the rows of a query influence what appears; where it is for
   * equality and both are columns' own values, it tells only which are the same.
   */
  private Value compared(Expression left, Operator operator, Query query, Scope scope) {
    Value one = value(left, scope);
    List<Value.Field> outputs = analysis.queries.outputs(query, scope);
    List<Value.Field> fields =
        one.fields() != null ? one.fields() : List.of(new Value.Field("", one));
    Sources all = one.sources();
    boolean equality = operator.symbol().equals("=");
    for (int i = 0; i < outputs.size(); i++) {
      Value second = outputs.get(i).value().asOutput();
      Value first = i < fields.size() ? fields.get(i).value() : one;
      all = all.with(second.sources());
      analysis.failures.operator(operator, List.of(left, left), List.of(first, second));
      Sources both = first.sources().with(second.sources());
      if (equality && first.pure() && second.pure() && first.type() == second.type()) {
        analysis.influences.identity(both, "IN (query)");
      } else {
        analysis.influence(both, "IN (query)");
      }
    }
    return truth(all);
  }

  /** The one row of a query; to have more is an error. */
  private Value scalar(Query query, Scope scope) {
    List<Value.Field> outputs = analysis.queries.outputs(query, scope);
    analysis.failures.loud();
    return outputs.size() == 1
        ? outputs.get(0).value().asExpression().asOutput()
        : Value.row(outputs);
  }

  private Value operation(Operation operation, Scope scope) {
    Operator operator = operation.operator();
    List<Expression> operands = operation.operands();
    if (Literals.isSigned(operation)) {
      return Value.of(Sources.NONE, Literals.signedType(operation));
    }
    List<Value> values = new ArrayList<>(operands.size());
    Sources all = Sources.NONE;
    for (Expression operand : operands) {
      Value value = value(operand, scope);
      values.add(value);
      all = all.with(value.sources());
    }
    Value member =
        plain(operator) ? analysis.json.operated(operator.symbol(), operands, values) : null;
    if (member != null) {
      return member;
    }
    noteOperator(operator);
    boolean rows =
        values.size() == 2 && values.get(0).fields() != null && values.get(1).fields() != null;
    if (rows && operator.symbol().equals("=")) {
      analysis.choices.equal(operands.get(0), values.get(0), operands.get(1), values.get(1));
      return truth(all);
    }
    return chain(operator, operands, values).withSources(all.derived());
  }

  private boolean plain(Operator operator) {
    return operator.schema().equals(List.of("pg_catalog"))
        || (operator.schema().isEmpty() && !outsideSystem(operator.symbol()));
  }

  /** {@code a || b || c} goes from left to right; of its sources nothing is said. */
  private Value chain(Operator operator, List<Expression> operands, List<Value> values) {
    if (values.size() < 2) {
      return Value.of(Sources.NONE, analysis.failures.operator(operator, operands, values));
    }
    Value left = values.get(0);
    for (int i = 1; i < values.size(); i++) {
      List<Value> pair = List.of(left, values.get(i));
      List<Expression> written = List.of(operands.get(i - 1), operands.get(i));
      int type = analysis.failures.operator(operator, written, pair);
      Digits one = Digits.of(left, i == 1 ? written.get(0) : null);
      Digits other = Digits.of(values.get(i), written.get(1));
      left =
          Value.of(left.sources().with(values.get(i).sources()), type)
              .withDigits(plain(operator) ? Digits.of(operator.symbol(), one, other) : null);
    }
    return left;
  }

  private boolean outsideSystem(String symbol) {
    return analysis.snapshot.outsideOperators().contains(symbol);
  }

  /** Notes the operators that may not be PostgreSQL's own. */
  void noteOperator(Operator operator) {
    List<String> schema = operator.schema();
    if (schema.isEmpty() ? outsideSystem(operator.symbol()) : !schema.contains("pg_catalog")) {
      analysis.called(
          CalledFunction.of(
              CalledFunction.Form.OPERATOR,
              schema.isEmpty() ? null : schema.get(schema.size() - 1),
              operator.symbol()));
    }
  }
}
