package io.pgguard.judge;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SubqueryItem;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.Values;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers that expressions of constants give, also through columns of VALUES and subqueries: of
 * several that a name may stand for, the largest. Used by one thread, for one tree.
 */
final class ConstantNumbers {
  /** More digits of base 2 are more than a double holds, but for zeros in front. */
  private static final int MOST_DIGITS = 1_100;

  private static final Set<String> POWERS = Set.of("power", "pow");

  private final Map<String, Double> columns = new HashMap<>();

  /** Remembers columns that stand for numbers. */
  void note(Node node) {
    if (node instanceof Target target && target.alias() != null) {
      remember(target.alias(), target.value());
    } else if (node instanceof SubqueryItem item
        && item.alias() != null
        && item.query().body() instanceof Values values) {
      rememberAll(item.alias().columns(), values);
    } else if (node instanceof CommonTable table
        && table.statement() instanceof Query query
        && query.body() instanceof Values values) {
      rememberAll(table.columns(), values);
    }
  }

  private void rememberAll(List<String> names, Values values) {
    for (Row row : values.rows()) {
      for (int i = 0; i < Math.min(names.size(), row.fields().size()); i++) {
        remember(names.get(i), row.fields().get(i));
      }
    }
  }

  private void remember(String column, Expression value) {
    double number = of(value);
    if (!Double.isNaN(number)) {
      columns.merge(column, number, Math::max);
    }
  }

  /** The number that an expression of constants gives; not a number where it is not known. */
  double of(Expression e) {
    if (e instanceof Constant constant) {
      return parsed(constant.value());
    } else if (e instanceof ColumnRef column && !column.names().isEmpty()) {
      return columns.getOrDefault(column.names().get(column.names().size() - 1), Double.NaN);
    } else if (e instanceof Cast cast) {
      return of(cast.operand());
    } else if (e instanceof Operation operation) {
      return computed(operation);
    } else if (e instanceof FunctionCall call
        && POWERS.contains(call.name().last())
        && call.arguments().size() == 2) {
      return Math.pow(of(call.arguments().get(0).value()), of(call.arguments().get(1).value()));
    } else if (e instanceof ScalarSubquery subquery) {
      return only(subquery.query());
    }
    return Double.NaN;
  }

  private double only(Query query) {
    if (query.body() instanceof Select select && select.targets().size() == 1) {
      return of(select.targets().get(0).value());
    }
    if (query.body() instanceof Values values
        && values.rows().size() == 1
        && values.rows().get(0).fields().size() == 1) {
      return of(values.rows().get(0).fields().get(0));
    }
    return Double.NaN;
  }

  private double computed(Operation operation) {
    List<Expression> operands = operation.operands();
    String symbol = operation.operator().symbol();
    if (operands.size() == 1) {
      double operand = of(operands.get(0));
      return symbol.equals("-") ? -operand : operand;
    }
    double result = of(operands.get(0));
    for (Expression operand : operands.subList(1, operands.size())) {
      result = computed(symbol, result, of(operand));
    }
    return result;
  }

  private static double computed(String symbol, double left, double right) {
    return switch (symbol) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "^" -> Math.pow(left, right);
      case "<<" -> left * Math.pow(2, right);
      default -> Double.NaN;
    };
  }

  /** A number as PostgreSQL writes them, underscores and other bases included. */
  static double parsed(String text) {
    String digits = text.strip().replace("_", "");
    try {
      if (digits.length() > 2 && digits.charAt(0) == '0' && !Character.isDigit(digits.charAt(1))) {
        int base =
            switch (digits.charAt(1)) {
              case 'x', 'X' -> 16;
              case 'o', 'O' -> 8;
              case 'b', 'B' -> 2;
              default -> 10;
            };
        if (base != 10 && digits.length() > MOST_DIGITS) {
          return Double.POSITIVE_INFINITY; // working it out takes the square of the length
        }
        if (base != 10) {
          return new BigInteger(digits.substring(2), base).doubleValue();
        }
      }
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      return Double.NaN; // some other text: no number
    }
  }
}
