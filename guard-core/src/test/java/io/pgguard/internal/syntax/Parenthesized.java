package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.IsTest;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints how an expression was read, with every operand in parentheses and without casts, in the
 * same form for what PostgreSQL prints of a view as for what was written.
 */
final class Parenthesized {
  private Parenthesized() {}

  static String of(Expression expression) {
    if (expression instanceof Cast cast) {
      return of(cast.operand());
    }
    if (expression instanceof Constant constant) {
      return constant.value();
    }
    if (expression instanceof Logical logical) {
      return logical(logical);
    }
    if (expression instanceof Not not) {
      return "(not " + of(not.operand()) + ")";
    }
    if (expression instanceof IsTest test) {
      return "(" + of(test.operand()) + " is " + test.negated() + test.kind() + ")";
    }
    if (expression instanceof IsDistinct distinct) {
      String text = "(" + of(distinct.left()) + " distinct " + of(distinct.right()) + ")";
      return distinct.negated() ? "(not " + text + ")" : text;
    }
    if (expression instanceof Like like) {
      String operator = like.negated() ? "!~~" : "~~";
      return "(" + of(like.operand()) + operator + of(like.pattern()) + ")";
    }
    if (expression instanceof Operation operation) {
      return operation(operation);
    }
    return Outline.of(expression);
  }

  /** PostgreSQL flattens only to the left; so does this. */
  private static String logical(Logical logical) {
    List<String> terms = new ArrayList<>();
    for (Expression term : logical.terms()) {
      terms.add(of(term));
    }
    return "(" + String.join(logical.and() ? " and " : " or ", terms) + ")";
  }

  private static String operation(Operation operation) {
    List<Expression> operands = operation.operands();
    String symbol = operation.operator().symbol();
    if (operands.size() == 1) {
      String operand = of(operands.get(0));
      if (symbol.equals("-") && operand.matches("-?[0-9]+")) { // PostgreSQL folds the sign
        return operand.startsWith("-") ? operand.substring(1) : "-" + operand;
      }
      return "(" + symbol + operand + ")";
    }
    String text = of(operands.get(0));
    for (Expression operand : operands.subList(1, operands.size())) {
      text = "(" + text + symbol + of(operand) + ")";
    }
    return text;
  }
}
