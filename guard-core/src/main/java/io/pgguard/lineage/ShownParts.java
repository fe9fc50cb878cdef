package io.pgguard.lineage;

import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that look at nothing but a part of a column's text, as {@code right(c, 4)} does, and
 * follows the part as if it were a column of its own: some masks show it. Used by one analysis.
 */
final class ShownParts {
  /** Longer ones no mask shows (see Mask.Partial). */
  private static final int MOST = 1_000;

  private static final int VARCHAR = 1043;
  private static final Set<String> LENGTHS = Set.of("length", "char_length", "character_length");
  private static final Set<String> DOMAINS = Set.of("@(.*)$", "@(.+)$", "@(.*)", "@(.+)");
  private static final Set<String> BEFORE_DOMAINS = Set.of("^[^@]*@", "^[^@]+@");

  private final Map<ShownPart, Integer> aliases = new HashMap<>();
  private final Map<Integer, ShownReference> references = new HashMap<>();

  /** What was found, by its first token. */
  Map<Integer, ShownReference> references() {
    return references;
  }

  /** What is followed in place of a call's first argument; the argument itself for other calls. */
  Value argument(FunctionCall call, List<Function> functions, Value value) {
    Expression first = call.arguments().get(0).value();
    ShownPart part = part(call, functions);
    boolean text = value.type() == Value.TEXT || value.type() == VARCHAR;
    if (part == null
        || !text
        || !value.column()
        || !value.sources().allCopies()
        || !(first instanceof ColumnRef column)
        || column.star()) {
      return value;
    }
    int alias = aliases.computeIfAbsent(part, p -> (aliases.size() + 1) * ShownReference.STEP);
    int tokens = 2 * column.names().size() - 1;
    references.merge(
        column.token(),
        new ShownReference(column.token(), tokens, part, value.sources().toSet(), alias),
        ShownParts::both);
    return Value.of(value.sources().aliased(alias), value.type());
  }

  private static ShownReference both(ShownReference one, ShownReference other) {
    Set<ColumnSource> all = new java.util.HashSet<>(one.columns());
    all.addAll(other.columns());
    return new ShownReference(one.token(), one.tokens(), one.part(), all, one.alias());
  }

  private static @Nullable ShownPart part(FunctionCall call, List<Function> functions) {
    List<Argument> arguments = call.arguments();
    if (functions.isEmpty()
        || functions.stream().anyMatch(f -> !f.schema().equals("pg_catalog"))
        || call.distinct()
        || call.variadic()
        || call.over() != null
        || call.filter() != null
        || arguments.stream().anyMatch(argument -> argument.name() != null)) {
      return null;
    }
    String name = call.name().last();
    return switch (arguments.size()) {
      case 1 -> LENGTHS.contains(name) ? new ShownPart(ShownPart.Kind.LENGTH, 0) : null;
      case 2 -> ofTwo(name, arguments.get(1).value());
      case 3 -> ofThree(name, arguments.get(1).value(), arguments.get(2).value());
      default -> null;
    };
  }

  private static @Nullable ShownPart ofTwo(String name, Expression second) {
    int count = count(second);
    return switch (name) {
      case "right" -> count < 0 ? null : new ShownPart(ShownPart.Kind.LAST, count);
      case "left" -> count < 0 ? null : new ShownPart(ShownPart.Kind.FIRST, count);
      case "substring" -> DOMAINS.contains(text(second)) ? domain() : null;
      default -> null;
    };
  }

  private static @Nullable ShownPart ofThree(String name, Expression second, Expression third) {
    int from = count(second);
    int count = count(third);
    return switch (name) {
      case "substr", "substring" ->
          from == 1 && count >= 0 ? new ShownPart(ShownPart.Kind.FIRST, count) : null;
      case "split_part" ->
          text(second).equals("@") && (count == 2 || isLast(third)) ? domain() : null;
      case "regexp_replace" ->
          BEFORE_DOMAINS.contains(text(second)) && text(third).isEmpty() && isString(third)
              ? domain()
              : null;
      default -> null;
    };
  }

  private static ShownPart domain() {
    return new ShownPart(ShownPart.Kind.DOMAIN, 0);
  }

  private static boolean isLast(Expression e) {
    return e instanceof Operation minus
        && Literals.isSigned(minus)
        && minus.operator().symbol().equals("-")
        && count(minus.operands().get(0)) == 1;
  }

  private static boolean isString(Expression e) {
    return e instanceof Constant constant && constant.kind() == Constant.Kind.STRING;
  }

  private static String text(Expression e) {
    return e instanceof Constant constant && isString(e) ? constant.value() : "";
  }

  /** A whole number that is written there; -1 for anything else. */
  private static int count(Expression e) {
    boolean integer =
        e instanceof Constant constant
            && constant.kind() == Constant.Kind.INTEGER
            && constant.value().matches("\\d{1,4}");
    int count = integer ? Integer.parseInt(((Constant) e).value()) : -1;
    return count <= MOST ? count : -1;
  }
}
