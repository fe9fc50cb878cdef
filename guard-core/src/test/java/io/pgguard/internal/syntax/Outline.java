package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Prints a tree compactly: what is absent, false or usual is left out, and token indexes too. */
final class Outline {
  private static final Set<String> USUAL = Set.of("NONE", "DEFAULT", "BLOCK", "NO_OTHERS");

  private Outline() {}

  static String of(Object value) {
    if (value instanceof ColumnRef column) {
      List<String> parts = new ArrayList<>(column.names());
      if (column.star()) {
        parts.add("*");
      }
      return String.join(".", parts);
    }
    if (value instanceof Constant constant) {
      return constant.kind() == Constant.Kind.STRING
          ? "'" + constant.value() + "'"
          : constant.value();
    }
    if (value instanceof Name name) {
      return name.text();
    }
    if (value instanceof Operator operator) {
      return String.join(".", operator.schema())
          + (operator.schema().isEmpty() ? "" : ".")
          + operator.symbol();
    }
    if (value instanceof Parameter parameter) {
      return "$" + parameter.number();
    }
    if (value instanceof Target target) {
      return of(target.value()) + (target.alias() == null ? "" : " AS " + target.alias());
    }
    if (value instanceof Argument argument) {
      return (argument.name() == null ? "" : argument.name() + "=>") + of(argument.value());
    }
    if (value instanceof List<?> list) {
      StringJoiner joined = new StringJoiner(" ", "[", "]");
      list.forEach(item -> joined.add(of(item)));
      return joined.toString();
    }
    return value instanceof Record node ? node(node) : String.valueOf(value);
  }

  private static String node(Record node) {
    StringJoiner joined = new StringJoiner(" ", "(" + node.getClass().getSimpleName() + " ", ")");
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      Object value = read(component, node);
      if (!component.getName().equals("token") && !usual(value)) {
        boolean flag = Boolean.TRUE.equals(value);
        joined.add(flag ? component.getName() : component.getName() + "=" + of(value));
      }
    }
    return joined.toString();
  }

  private static boolean usual(Object value) {
    return value == null
        || Boolean.FALSE.equals(value)
        || value.equals(0)
        || value.equals("")
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Enum<?> constant && USUAL.contains(constant.name()));
  }

  static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(component.toString(), e);
    }
  }
}
