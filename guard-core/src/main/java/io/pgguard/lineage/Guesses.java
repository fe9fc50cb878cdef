package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.lineage.Influence.Guess;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A term that compares something for equality with constants and parameters alone. Immutable.
 *
 * @param compared what is compared
 * @param bare the same without a function of its letters around it
 * @param constants what it is compared with
 * @param array whether that is one array of them
 * @param guesses each once
 */
record Guesses(
    Expression compared,
    Expression bare,
    List<Expression> constants,
    boolean array,
    Set<Guess> guesses) {
  /** Equality holds through these: one guess of the text without its case or its blanks. */
  private static final Set<String> LETTERS = Set.of("lower", "upper", "btrim", "ltrim", "rtrim");

  /** A term's guesses; null where it is no such term, or an array's length is not known. */
  static @Nullable Guesses of(Expression term) {
    if (term instanceof Operation operation
        && Conditions.isEquality(operation.operator())
        && operation.operands().size() == 2) {
      Expression left = operation.operands().get(0);
      Expression right = operation.operands().get(1);
      return Conditions.isConstant(right)
          ? of(left, List.of(right), false)
          : Conditions.isConstant(left) ? of(right, List.of(left), false) : null;
    } else if (term instanceof InList list) {
      return list.values().stream().allMatch(Conditions::isConstant)
          ? of(list.operand(), list.values(), false)
          : null;
    } else if (term instanceof QuantifiedArray quantified
        && Conditions.isEquality(quantified.operator())
        && !quantified.all()) {
      return array(quantified);
    }
    return null;
  }

  private static @Nullable Guesses array(QuantifiedArray quantified) {
    Expression array = quantified.array();
    while (array instanceof Cast cast) {
      array = cast.operand();
    }
    if (array instanceof ArrayValue values) {
      return values.elements().stream().allMatch(Conditions::isConstant)
          ? of(quantified.left(), values.elements(), false)
          : null;
    }
    if (!(array instanceof Constant constant)) {
      return null; // a parameter may hold any number
    }
    Set<Guess> guesses = new HashSet<>();
    for (String element : constant.value().replaceAll("[{}]", "").split(",")) {
      guesses.add(new Guess(false, element.strip(), -1));
    }
    Expression compared = quantified.left();
    return new Guesses(compared, bare(compared), List.of(quantified.array()), true, guesses);
  }

  private static Guesses of(Expression compared, List<Expression> constants, boolean array) {
    Set<Guess> guesses = new HashSet<>();
    for (Expression constant : constants) {
      guesses.add(guess(constant));
    }
    return new Guesses(compared, bare(compared), constants, array, guesses);
  }

  /** A constant or parameter, however it is cast or signed. */
  static Guess guess(Expression constant) {
    Expression plain = constant;
    while (plain instanceof Cast cast) {
      plain = cast.operand();
    }
    if (plain instanceof Parameter parameter) {
      return new Guess(true, parameter.number(), -1);
    }
    Expression number = plain instanceof Operation signed ? signed.operands().get(0) : plain;
    String sign = plain instanceof Operation signed ? signed.operator().symbol() : "";
    return number instanceof Constant literal
        ? new Guess(false, sign, literal.token())
        : new Guess(false, sign + Conditions.text(number), -1);
  }

  private static Expression bare(Expression compared) {
    return compared instanceof FunctionCall call
            && call.arguments().size() == 1
            && LETTERS.contains(call.name().last())
            && (call.name().schema() == null || "pg_catalog".equals(call.name().schema()))
        ? call.arguments().get(0).value()
        : compared;
  }
}
