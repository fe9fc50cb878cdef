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

  /** Types that read a quoted constant as whatever it is compared with does. */
  private static final Set<String> AS_WRITTEN =
      Set.of("text", "varchar", "int2", "int4", "int8", "numeric", "uuid");

  /** A term's guesses; null where it is no such term, or an array's length is not known. */
  static @Nullable Guesses of(Expression term) {
    if (term instanceof Operation operation
        && Conditions.isEquality(operation.operator())
        && operation.operands().size() == 2) {
      Expression left = operation.operands().get(0);
      Expression right = operation.operands().get(1);
      return Conditions.isConstant(right)
          ? of(left, List.of(right), "")
          : Conditions.isConstant(left) ? of(right, List.of(left), "") : null;
    } else if (term instanceof InList list) {
      return list.values().stream().allMatch(Conditions::isConstant)
          ? of(list.operand(), list.values(), "")
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
    String all = cast(array);
    while (array instanceof Cast cast) {
      array = cast.operand();
    }
    if (array instanceof ArrayValue values) {
      return values.elements().stream().allMatch(Conditions::isConstant)
          ? of(quantified.left(), values.elements(), all)
          : null;
    }
    if (!(array instanceof Constant constant)) {
      return null; // a parameter may hold any number
    }
    Set<Guess> guesses = new HashSet<>();
    for (String element : constant.value().replaceAll("[{}]", "").split(",")) {
      guesses.add(new Guess(false, element.strip(), -1, all));
    }
    Expression compared = quantified.left();
    return new Guesses(compared, bare(compared), List.of(quantified.array()), true, guesses);
  }

  /**
   * @param cast what all of them are cast to together
   */
  private static Guesses of(Expression compared, List<Expression> constants, String cast) {
    Set<Guess> guesses = new HashSet<>();
    for (Expression constant : constants) {
      Guess one = guess(constant);
      guesses.add(new Guess(one.parameter(), one.text(), one.token(), one.cast() + cast));
    }
    return new Guesses(compared, bare(compared), constants, false, guesses);
  }

  /**
   * What the casts around a constant are, since {@code 'abc'::varchar(2)} is another value than
   * {@code 'abc'}. A quoted one that is cast once to a type as it is reads as itself.
   */
  private static String cast(Expression constant) {
    StringBuilder all = new StringBuilder();
    Expression plain = constant;
    for (; plain instanceof Cast cast; plain = cast.operand()) {
      all.append("::").append(cast.type().name().text()).append(cast.type().fields());
      cast.type().modifiers().forEach(one -> all.append(' ').append(Conditions.text(one)));
    }
    boolean itself =
        constant instanceof Cast cast
            && cast.operand() instanceof Constant literal
            && literal.kind() == Constant.Kind.STRING
            && cast.type().modifiers().isEmpty()
            && AS_WRITTEN.contains(cast.type().name().last());
    return itself ? "" : all.toString();
  }

  /** A constant or parameter, however it is cast or signed. */
  static Guess guess(Expression constant) {
    String cast = cast(constant);
    Expression plain = constant;
    while (plain instanceof Cast one) {
      plain = one.operand();
    }
    if (plain instanceof Parameter parameter) {
      return new Guess(true, parameter.number(), -1, cast);
    }
    Expression number = plain instanceof Operation signed ? signed.operands().get(0) : plain;
    String sign = plain instanceof Operation signed ? signed.operator().symbol() : "";
    return number instanceof Constant literal
        ? new Guess(false, sign, literal.token(), cast)
        : new Guess(false, sign + Conditions.text(number), -1, cast);
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
