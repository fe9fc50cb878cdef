package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.ArrayQuery;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Case;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Exists;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FieldSelection;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.Subscript;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.When;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.KeywordCategory;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Reads the operands of expressions: constants, columns, calls, CASE, ARRAY and so on. */
final class Primaries {
  private final Grammar g;
  private final Cursor in;

  Primaries(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Expression primary(boolean restricted) {
    if (in.atEnd()) {
      throw in.fail("expected an expression");
    }
    int token = in.at();
    return switch (in.tokens.kind(token)) {
      case STRING, BIT_STRING, INTEGER, NUMERIC -> constant();
      case PARAMETER -> {
        in.skip(1);
        yield indirection(new Parameter(token, in.tokens.value(token)));
      }
      case QUOTED_NAME -> g.functions.named();
      case WORD -> word(token);
      default -> {
        if (in.is('(')) {
          yield g.parentheses.expression();
        }
        throw in.fail("expected an expression");
      }
    };
  }

  Constant constant() {
    int token = in.take();
    Constant.Kind kind =
        switch (in.tokens.kind(token)) {
          case STRING -> Constant.Kind.STRING;
          case BIT_STRING -> Constant.Kind.BIT_STRING;
          case INTEGER -> Constant.Kind.INTEGER;
          case NUMERIC -> Constant.Kind.NUMERIC;
          default -> throw in.fail("expected a constant");
        };
    return new Constant(token, kind, in.tokens.value(token));
  }

  private Expression word(int token) {
    Keyword keyword = in.keyword();
    if (keyword == null || keyword.category() == KeywordCategory.UNRESERVED) {
      return keyword == Keyword.DOUBLE ? typed() : g.functions.named();
    }
    switch (keyword) {
      case TRUE, FALSE -> {
        return new Constant(token, Constant.Kind.BOOLEAN, in.takeValue());
      }
      case NULL -> {
        return new Constant(token, Constant.Kind.NULL, in.takeValue());
      }
      case CASE -> {
        return caseExpression();
      }
      case ARRAY -> {
        return array();
      }
      default -> {}
    }
    if (in.is(1, '(')) {
      if (keyword == Keyword.EXISTS) {
        in.skip(1);
        return new Exists(token, g.parentheses.query());
      }
      if (keyword == Keyword.ROW) {
        return overlaps(row());
      }
    }
    Expression special = g.specials.call();
    if (special != null) {
      return special;
    }
    Expression aggregate = g.json.aggregate(true);
    if (aggregate != null) {
      return aggregate;
    }
    return keyword.category() == KeywordCategory.COLUMN_NAME ? typed() : g.functions.named();
  }

  /** A constant of a type with words of its own, {@code int '1'}; else a column of that name. */
  private Expression typed() {
    int token = in.at();
    TypeName type = g.types.builtIn(true);
    if (type != null && in.is(TokenKind.STRING)) {
      return typedConstant(token, type);
    }
    in.skip(token - in.at());
    return g.functions.named();
  }

  private Expression typedConstant(int token, TypeName type) {
    Constant value = constant();
    boolean interval = type.name().last().equals("interval");
    String fields = interval && type.modifiers().isEmpty() ? g.types.intervalFields() : "";
    TypeName complete = fields.isEmpty() ? type : g.types.own(token, "interval", List.of(), fields);
    return new Cast(token, value, complete);
  }

  /** {@code ROW(...)}, perhaps empty. */
  private Row row() {
    int token = in.take();
    in.expect('(');
    List<Expression> fields = in.is(')') ? List.of() : g.expressions.list();
    in.expect(')');
    return new Row(token, fields, true);
  }

  /** A row, or two rows with OVERLAPS between them. */
  Expression overlaps(Row left) {
    if (!in.is(Keyword.OVERLAPS)) {
      return left;
    }
    in.skip(1);
    Node right = in.is(Keyword.ROW) ? row() : g.parentheses.queryOrList();
    List<Expression> arguments = new ArrayList<>(left.fields());
    if (!(right instanceof Row fields)
        || left.fields().size() != 2
        || fields.fields().size() != 2) {
      throw in.fail("OVERLAPS takes two rows of two values");
    }
    arguments.addAll(fields.fields());
    return Functions.special(left.token(), "overlaps", arguments);
  }

  private Case caseExpression() {
    int token = in.take();
    Expression operand = in.is(Keyword.WHEN) ? null : g.expressions.any();
    List<When> whens = new ArrayList<>();
    while (in.is(Keyword.WHEN)) {
      int when = in.take();
      Expression condition = g.expressions.any();
      in.expect(Keyword.THEN);
      whens.add(new When(when, condition, g.expressions.any()));
    }
    if (whens.isEmpty()) {
      throw in.fail("expected WHEN");
    }
    Expression otherwise = in.accept(Keyword.ELSE) ? g.expressions.any() : null;
    in.expect(Keyword.END);
    return new Case(token, operand, whens, otherwise);
  }

  private Expression array() {
    int token = in.take();
    if (in.is('(')) {
      return new ArrayQuery(token, g.parentheses.query());
    }
    return brackets(token);
  }

  private ArrayValue brackets(int token) {
    in.enter(3);
    in.expect('[');
    List<Expression> elements = new ArrayList<>();
    if (!in.is(']')) {
      boolean nested = in.is('[');
      do {
        elements.add(nested ? brackets(in.at()) : g.expressions.any());
      } while (in.accept(','));
    }
    in.expect(']');
    in.leave(3);
    return new ArrayValue(token, elements);
  }

  /** The fields and subscripts that follow an operand. */
  Expression indirection(Expression operand) {
    Expression result = operand;
    while (true) {
      if (in.is('[')) {
        result = subscript(result);
      } else if (in.is('.')) {
        in.skip(1);
        if (in.acceptOperator("*")) {
          return new RowExpansion(operand.token(), result);
        }
        result = new FieldSelection(operand.token(), result, g.names.label());
      } else {
        return result;
      }
      in.wrapped();
    }
  }

  private Subscript subscript(Expression operand) {
    in.expect('[');
    Expression lower = in.is(':') ? null : g.expressions.any();
    boolean slice = in.accept(':');
    Expression upper = slice && !in.is(']') ? g.expressions.any() : null;
    in.expect(']');
    return new Subscript(operand.token(), operand, slice, lower, upper);
  }
}
