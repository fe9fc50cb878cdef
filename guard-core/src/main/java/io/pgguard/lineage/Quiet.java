package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Between;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.InList;
import io.pgguard.internal.syntax.tree.IsDistinct;
import io.pgguard.internal.syntax.tree.IsTest;
import io.pgguard.internal.syntax.tree.Like;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Not;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.reach.TotalFunctions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether expressions can do more than give a value: then it shows whether they were evaluated. */
final class Quiet {
  /** OID of text. */
  static final int TEXT = 25;

  private static final String PLAIN_CATEGORIES = "SNDTBEI";
  private static final Set<Class<? extends Node>> ALWAYS =
      Set.of(
          Argument.class,
          ArrayValue.class,
          Between.class,
          Collate.class,
          ColumnRef.class,
          Constant.class,
          InList.class,
          IsDistinct.class,
          IsTest.class,
          Logical.class,
          Name.class,
          Not.class,
          Operator.class,
          Parameter.class,
          Row.class,
          TypeName.class);

  private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\[1-9]");

  private final Catalog catalog;

  Quiet(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Whether none of the expressions can fail. */
  static boolean areQuiet(List<Expression> expressions) {
    boolean[] quiet = {true};
    for (Expression expression : expressions) {
      expression.walk(node -> quiet[0] &= isQuiet(node));
    }
    return quiet[0];
  }

  private static boolean isQuiet(Node node) {
    if (node instanceof Operation operation) {
      return isTotal(operation);
    } else if (node instanceof FunctionCall call) {
      return TotalFunctions.FUNCTIONS.contains(call.name().last()) && !call.variadic();
    } else if (node instanceof SpecialForm form) {
      return TotalFunctions.FORMS.contains(form.form());
    } else if (node instanceof Cast cast) {
      return Conditions.isConstant(cast.operand())
          || (TotalFunctions.TYPES.contains(cast.type().name().last())
              && cast.type().dimensions() == 0);
    } else if (node instanceof Like like) {
      return Conditions.isConstant(like.pattern());
    }
    return ALWAYS.contains(node.getClass());
  }

  /** Whether an operator of pg_catalog fails on no such operands; concatenation is not judged. */
  static boolean isTotal(Operation operation) {
    String symbol = operation.operator().symbol();
    return TotalFunctions.OPERATORS.contains(symbol)
        || (TotalFunctions.PATTERN_OPERATORS.contains(symbol)
            && operation.operands().size() == 2
            && Conditions.isConstant(operation.operands().get(1))
            && !refersBack(operation.operands().get(1)));
  }

  /** Whether a pattern refers back to what it matched; one that is no constant may. */
  static boolean refersBack(Expression pattern) {
    String text = Conditions.text(pattern);
    return text == null || BACK_REFERENCE.matcher(text).find();
  }

  /** Whether a value is surely no array and no JSON, so that to concatenate it cannot fail. */
  boolean isPlain(Expression expression, Value value) {
    if (expression instanceof Constant || expression instanceof Parameter) {
      return true;
    }
    TypeInfo type = catalog.type(catalog.baseType(value.type())).orElse(null);
    return type != null && !type.isArray() && PLAIN_CATEGORIES.indexOf(type.category()) >= 0;
  }
}
