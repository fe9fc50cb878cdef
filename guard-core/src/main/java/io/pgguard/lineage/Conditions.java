package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Boolean conditions: which columns they compare, and whether with constants for equality. */
final class Conditions {
  private final Analysis analysis;

  Conditions(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Notes what a condition lets influence the result, and gives the columns that do. */
  Sources apply(@Nullable Expression condition, Scope scope, String where) {
    Sources all = Sources.NONE;
    Deque<Expression> open = new ArrayDeque<>();
    if (condition != null) {
      open.push(condition);
    }
    while (!open.isEmpty()) {
      Expression next = open.pop();
      if (next instanceof Logical logical) {
        logical.terms().forEach(open::push);
      } else if (next instanceof Not not) {
        open.push(not.operand());
      } else {
        all = all.with(term(next, scope, where));
      }
    }
    return all.influencing();
  }

  private Sources term(Expression term, Scope scope, String where) {
    Sources sources = analysis.value(term, scope).sources();
    Expression compared = sources.isEmpty() ? null : comparedWithConstants(term);
    Value column = compared instanceof ColumnRef ? analysis.value(compared, scope) : Value.NOTHING;
    boolean plain = !analysis.snapshot.homemadeOperators().contains("=");
    if (plain && column.column() && column.sources().allCopies()) {
      analysis.equality(column.sources(), where);
    } else {
      analysis.influence(sources, where);
    }
    return sources;
  }

  /** The operand that a term compares for equality with constants alone, or null. */
  private static @Nullable Expression comparedWithConstants(Expression term) {
    if (term instanceof Operation operation
        && isEquality(operation.operator())
        && operation.operands().size() == 2) {
      Expression left = operation.operands().get(0);
      Expression right = operation.operands().get(1);
      return isConstant(right) ? left : isConstant(left) ? right : null;
    } else if (term instanceof InList list) {
      return list.values().stream().allMatch(Conditions::isConstant) ? list.operand() : null;
    } else if (term instanceof QuantifiedArray quantified) {
      return isEquality(quantified.operator())
              && !quantified.all()
              && isConstant(quantified.array())
          ? quantified.left()
          : null;
    }
    return null;
  }

  private static boolean isEquality(Operator operator) {
    return operator.symbol().equals("=")
        && (operator.schema().isEmpty() || operator.schema().equals(List.of("pg_catalog")));
  }

  /** Whether an expression is made of constants and parameters alone, without any function. */
  static boolean isConstant(Expression e) {
    if (e instanceof Constant || e instanceof Parameter) {
      return true;
    } else if (e instanceof Cast cast) {
      return isConstant(cast.operand());
    } else if (e instanceof Collate collate) {
      return isConstant(collate.operand());
    } else if (e instanceof ArrayValue array) {
      return array.elements().stream().allMatch(Conditions::isConstant);
    } else if (e instanceof Operation operation) {
      return operation.operands().size() == 1
          && (operation.operator().symbol().equals("-")
              || operation.operator().symbol().equals("+"))
          && isConstant(operation.operands().get(0));
    }
    return false;
  }

  /** The text of a string or number constant, also under casts; null for anything else. */
  static @Nullable String text(Expression e) {
    if (e instanceof Constant constant) {
      return constant.kind() == Constant.Kind.NULL ? null : constant.value();
    }
    return e instanceof Cast cast ? text(cast.operand()) : null;
  }

  /** Remembers columns that WHERE holds to one text, for functions that want a constant. */
  void rememberConstants(@Nullable Expression where, Scope scope) {
    if (where instanceof Logical logical) {
      if (logical.and()) {
        logical.terms().forEach(term -> rememberConstants(term, scope));
      }
    } else if (where instanceof Operation operation
        && isEquality(operation.operator())
        && operation.operands().size() == 2
        && operation.operands().get(0) instanceof ColumnRef column) {
      String text = text(operation.operands().get(1));
      if (text != null && !column.star()) {
        scope.constants.put(column.names(), text);
      }
    }
  }
}
