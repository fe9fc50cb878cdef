package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.internal.syntax.tree.QuantifiedQuery;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads operators with their operands. */
final class Operators {
  private final Grammar g;
  private final Cursor in;

  Operators(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** An operator before its operand. */
  Expression prefix(boolean restricted) {
    int token = in.at();
    boolean sign = in.isOperator("+") || in.isOperator("-");
    if (!sign && in.is(TokenKind.OPERATOR) && Levels.symbol(in.tokens, token) != Levels.OTHER) {
      throw in.fail("expected an expression");
    }
    Operator operator = operator();
    Expression operand = g.expressions.climb(sign ? Levels.SIGN : Levels.OTHER + 1, restricted);
    return new Operation(token, operator, List.of(operand));
  }

  /** An operator after its left operand, with ANY or ALL or a right operand. */
  Expression infix(Expression left, int level, boolean restricted) {
    int first = in.at();
    Operator operator = operator();
    if (!restricted && atQuantifier()) {
      return quantified(left, operator);
    }
    List<Expression> operands = new ArrayList<>(2);
    operands.add(left);
    operands.add(g.expressions.climb(level + 1, restricted));
    while (level > Levels.COMPARISON && sameOperator(first) && !quantifierFollows()) {
      in.skip(1);
      operands.add(g.expressions.climb(level + 1, restricted));
    }
    return new Operation(left.token(), operator, operands);
  }

  boolean atQuantifier() {
    return isQuantifier(in.keyword());
  }

  private boolean quantifierFollows() {
    return isQuantifier(in.keyword(1));
  }

  private static boolean isQuantifier(@Nullable Keyword keyword) {
    return keyword == Keyword.ANY || keyword == Keyword.SOME || keyword == Keyword.ALL;
  }

  private boolean sameOperator(int first) {
    return in.is(TokenKind.OPERATOR)
        && in.tokens.is(first, TokenKind.OPERATOR)
        && in.isOperator(in.tokens.text(first));
  }

  /** ANY or ALL and its parenthesis, after the operator. */
  Expression quantified(Expression left, Operator operator) {
    boolean all = in.is(Keyword.ALL);
    in.skip(1);
    Object right = g.parentheses.queryOrExpression();
    return right instanceof Query query
        ? new QuantifiedQuery(left.token(), left, operator, all, query)
        : new QuantifiedArray(left.token(), left, operator, all, (Expression) right);
  }

  /** An operator's name, plain or {@code OPERATOR(s.+)}. */
  Operator operator() {
    int token = in.at();
    if (!in.accept(Keyword.OPERATOR)) {
      return new Operator(token, List.of(), symbol());
    }
    in.expect('(');
    List<String> schema = new ArrayList<>();
    while (!in.is(TokenKind.OPERATOR)) {
      schema.add(g.names.columnName());
      in.expect('.');
    }
    Operator operator = new Operator(token, schema, symbol());
    in.expect(')');
    return operator;
  }

  private String symbol() {
    if (!in.is(TokenKind.OPERATOR)) {
      throw in.fail("expected an operator");
    }
    String symbol = in.tokens.text(in.take());
    return symbol.equals("!=") ? "<>" : symbol;
  }
}
