package io.pgguard.lineage;

import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.QuantifiedArray;
import io.pgguard.internal.syntax.tree.Subscript;
import io.pgguard.reach.Coercions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Arrays: made of values, looked into, compared with. Used by one analysis. */
final class ArrayExpressions {
  /** int2 and int4: others are converted, and may be too large. */
  private static final Set<Integer> SUBSCRIPTS = Set.of(21, 23, Coercions.UNKNOWN);

  private final Analysis analysis;

  ArrayExpressions(Analysis analysis) {
    this.analysis = analysis;
  }

  Value quantified(QuantifiedArray quantified, Scope scope) {
    Value left = analysis.value(quantified.left(), scope);
    if (quantified.array() instanceof ArrayValue array) {
      Sources all = left.sources();
      for (Expression element : array.elements()) {
        Value value = analysis.value(element, scope);
        all = all.with(value.sources());
        analysis.failures.operator(
            quantified.operator(), List.of(quantified.left(), element), List.of(left, value));
      }
      return Value.of(all.derived(), Choices.BOOL);
    }
    Value array = analysis.value(quantified.array(), scope);
    boolean literal = quantified.array() instanceof Constant;
    int element =
        literal ? Coercions.UNKNOWN : analysis.failures.coercions().elementOf(array.type());
    analysis.failures.operator(
        quantified.operator(),
        List.of(quantified.left(), quantified.array()),
        List.of(left, array.withType(element)));
    return Value.of(left.sources().with(array.sources()).derived(), Choices.BOOL);
  }

  /** A slice of an array is an array of the same type. */
  Value subscript(Subscript subscript, Scope scope) {
    Value operand = analysis.value(subscript.operand(), scope);
    Sources all = operand.sources();
    for (Expression bound : Arrays.asList(subscript.lower(), subscript.upper())) {
      if (bound != null) {
        Value at = analysis.value(bound, scope);
        all = all.with(at.sources());
        if (!SUBSCRIPTS.contains(at.type())) {
          analysis.failures.note(at.sources(), LineageWording.SUBSCRIPT.words());
        }
      }
    }
    boolean array = isArray(operand.type());
    int type =
        !array
            ? 0
            : subscript.slice()
                ? operand.type()
                : analysis.failures.coercions().elementOf(operand.type());
    return Value.of(all.derived(), type);
  }

  private boolean isArray(int type) {
    return type != 0 && analysis.catalog.type(type).filter(TypeInfo::isArray).isPresent();
  }

  Value value(ArrayValue array, Scope scope) {
    List<Value> elements = new ArrayList<>(array.elements().size());
    Sources all = Sources.NONE;
    for (Expression element : array.elements()) {
      Value value = analysis.value(element, scope);
      elements.add(
          element instanceof Parameter && value.type() == 0
              ? value.withType(Coercions.UNKNOWN)
              : value);
      all = all.with(value.sources());
    }
    int type = analysis.common.of(elements, LineageWording.ARRAY.words());
    boolean flat = type != 0 && !isArray(type);
    if (!flat && !elements.isEmpty()) {
      analysis.failures.note(
          all, LineageWording.ARRAY_OF_ARRAYS.words()); // they must be of one shape
    }
    return Value.of(all.derived(), flat ? analysis.failures.coercions().arrayOf(type) : 0);
  }

  Value of(List<Value.Field> outputs) {
    Value row = Value.row(outputs);
    Value only = outputs.size() == 1 ? outputs.get(0).value() : Value.NOTHING;
    boolean flat = only.type() != 0 && !isArray(only.type());
    if (!flat) {
      analysis.failures.note(row.sources(), LineageWording.ARRAY_OF_ARRAYS.words());
    }
    return Value.of(row.sources(), flat ? analysis.failures.coercions().arrayOf(only.type()) : 0);
  }
}
