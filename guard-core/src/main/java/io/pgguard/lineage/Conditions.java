package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.InQuery;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedQuery;
import io.pgguard.reach.Coercions;
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
    if (sources.isEmpty() || term instanceof InQuery || term instanceof QuantifiedQuery) {
      return sources; // what a query's rows are compared with is noted there
    }
    Guesses guesses = Guesses.of(term);
    if (guesses != null && isGuess(guesses, scope)) {
      Sources compared = analysis.value(guesses.bare(), scope).sources();
      analysis.influences.equality(compared, where, guesses.guesses());
    } else if (!identical(term, scope, where)) {
      analysis.influence(sources, where);
    }
    return sources;
  }

  /**
   * Whether a column's own value is compared by its own type's plain equality: a conversion of the
   * column, or another's equality, may hold for several of its values at once.
   */
  private boolean isGuess(Guesses guesses, Scope scope) {
    Value column = analysis.value(guesses.bare(), scope);
    Value compared = analysis.value(guesses.compared(), scope);
    if (!column.column()
        || !column.sources().allCopies()
        || analysis.snapshot.homemadeOperators().contains("=")) {
      return false;
    }
    for (Expression constant : guesses.constants()) {
      Value value = analysis.value(constant, scope);
      if (guesses.array()) {
        boolean text = constant instanceof Constant;
        int element = analysis.failures.coercions().elementOf(value.type());
        value = value.withType(text ? Coercions.UNKNOWN : element);
      }
      if (!new PlainEquality(analysis.snapshot).holds(compared.type(), constant, value.type())) {
        return false;
      }
    }
    return true;
  }

  /** Two columns' own values compared for equality: it tells which are the same. */
  private boolean identical(Expression term, Scope scope, String where) {
    if (!(term instanceof Operation operation)
        || !isEquality(operation.operator())
        || operation.operands().size() != 2
        || analysis.snapshot.homemadeOperators().contains("=")) {
      return false;
    }
    Value left = analysis.value(operation.operands().get(0), scope);
    Value right = analysis.value(operation.operands().get(1), scope);
    boolean alike = left.pure() && right.pure() && left.type() != 0 && left.type() == right.type();
    if (alike) {
      analysis.influences.identity(left.sources().with(right.sources()), where);
    }
    return alike;
  }

  static boolean isEquality(Operator operator) {
    return operator.symbol().equals("=")
        && (operator.schema().isEmpty() || operator.schema().equals(List.of("pg_catalog")));
  }

  /** Whether an expression is made of constants and parameters alone, without any function. */
  static boolean isConstant(Expression e) {
    if (e instanceof Constant || e instanceof Parameter) {
      return true;
    } else if (e instanceof Cast cast) {
      return isConstant(cast.operand());
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
