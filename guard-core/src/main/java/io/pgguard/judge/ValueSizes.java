package io.pgguard.judge;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SubqueryItem;
import io.pgguard.internal.syntax.tree.Target;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the values are that a statement makes out of nothing: repeat('x', 300000000) is one that
 * nobody reads and that every part on the way must hold. One that grows without end out of a
 * protected value also tells, by failing or not, whether there was anything to grow. Counts what
 * constants tell; what columns and parameters hold counts as short. Used by one thread, for one
 * tree.
 */
public final class ValueSizes {
  /** Characters, or elements of an array. */
  static final double LARGEST = 10_000_000;

  /** Functions that can make long values of short ones. */
  public static final Set<String> GROWING =
      Set.of(
          "repeat",
          "lpad",
          "rpad",
          "array_fill",
          "format",
          "replace",
          "regexp_replace",
          "generate_series");

  private static final Set<String> COLLECTING =
      Set.of("string_agg", "array_agg", "json_agg", "jsonb_agg", "xmlagg");

  /** What columns and parameters count as. */
  private static final double COLUMN = 16;

  /** Rows that a collecting function may see where no constant tells. */
  private static final double ROWS = 1_000;

  /** The width in a conversion of format(): after the percent sign, a position and flags. */
  private static final Pattern WIDTH = Pattern.compile("%(?:\\d+\\$)?-?(\\d+)");

  private final Map<String, Double> names = new HashMap<>();

  private final ConstantNumbers numbers = new ConstantNumbers();
  private double rows = ROWS;
  private double largest;

  private ValueSizes() {}

  /** The size of the longest value that constants tell of. */
  static double largest(Node statement) {
    ValueSizes sizes = new ValueSizes();
    statement.walk(sizes::note);
    sizes.size(statement);
    return sizes.largest;
  }

  /** Whether a statement of these words calls a function that puts values together. */
  static boolean joins(Set<String> words) {
    return words.contains("concat")
        || words.contains("concat_ws")
        || !Collections.disjoint(words, COLLECTING);
  }

  /** Columns that stand for numbers; and more rows than usual come of generate_series. */
  private void note(Node node) {
    numbers.note(node);
    if (node instanceof FunctionCall call
        && call.name().last().equals("generate_series")
        && call.arguments().size() >= 2) {
      double count = numbers.of(argument(call, 1)) - numbers.of(argument(call, 0));
      rows = count > rows ? count : rows; // a count that is not known compares as false
    }
  }

  private double size(Node node) {
    double size;
    if (node instanceof Constant constant) {
      size = constant.value().length();
    } else if (node instanceof ColumnRef column) {
      size = column.names().isEmpty() ? 1 : named(column.names().get(column.names().size() - 1));
    } else if (node instanceof FunctionCall call) {
      size = call(call);
    } else if (node instanceof Operation operation && operation.operator().symbol().equals("||")) {
      size = 0;
      for (Expression operand : operation.operands()) {
        size += size(operand);
      }
    } else {
      size = widest(node);
      label(node, size);
    }
    largest = Math.max(largest, size);
    return size;
  }

  /** FROM is read before what is made of its columns. */
  private double widest(Node node) {
    double[] widest = {1};
    if (node instanceof Select select) {
      select.from().forEach(item -> widest[0] = Math.max(widest[0], size(item)));
      select.targets().forEach(target -> widest[0] = Math.max(widest[0], size(target)));
      node.children(
          child -> {
            if (!(child instanceof FromItem) && !(child instanceof Target)) {
              size(child);
            }
          });
    } else {
      node.children(child -> widest[0] = Math.max(widest[0], size(child)));
    }
    return widest[0];
  }

  /** Remembers under which names a long value can be had again. */
  private void label(Node node, double size) {
    if (node instanceof Target target && target.alias() != null) {
      names.merge(target.alias(), size, Math::max);
    } else if (node instanceof CommonTable table) {
      table.columns().forEach(name -> names.merge(name, size, Math::max));
    } else if (node instanceof SubqueryItem item && item.alias() != null) {
      item.alias().columns().forEach(name -> names.merge(name, size, Math::max));
    } else if (node instanceof Target target && target.value() instanceof FunctionCall call) {
      names.merge(call.name().last(), size, Math::max);
    }
  }

  private double named(String column) {
    return names.getOrDefault(column, COLUMN);
  }

  private double call(FunctionCall call) {
    int count = call.arguments().size();
    double[] sizes = new double[count];
    double all = 0;
    double widest = 1;
    for (int i = 0; i < count; i++) {
      sizes[i] = size(argument(call, i));
      all += sizes[i];
      widest = Math.max(widest, sizes[i]);
    }
    call.orderBy().forEach(this::size);
    String name = call.name().last();
    if (COLLECTING.contains(name)) {
      return all > ROWS ? all * rows : rows > LARGEST ? rows : all;
    }
    return switch (name) {
      case "concat", "concat_ws" -> all;
      case "repeat" -> count < 2 ? all : times(sizes[0], argument(call, 1));
      case "lpad", "rpad" -> count < 2 ? all : times(1, argument(call, 1));
      case "array_fill" -> count < 2 ? all : filled(sizes[0], argument(call, 1));
      case "format" -> all + width(call);
      case "replace", "regexp_replace" -> count < 3 ? all : sizes[0] * Math.max(1, sizes[2]);
      default -> widest;
    };
  }

  private static Expression argument(FunctionCall call, int index) {
    return call.arguments().get(index).value();
  }

  private double times(double size, Expression count) {
    double known = numbers.of(count);
    return known > 0 ? Math.max(1, size) * known : size;
  }

  private double filled(double element, Expression lengths) {
    double size = Math.max(1, element);
    if (lengths instanceof ArrayValue array) {
      for (Expression length : array.elements()) {
        size = times(size, length);
      }
    }
    return size;
  }

  /** The width that a format asks for, in its text or by a star. */
  private double width(FunctionCall call) {
    String format = call.arguments().isEmpty() ? null : text(argument(call, 0));
    double widest = 0;
    if (format != null) {
      for (Matcher found = WIDTH.matcher(format); found.find(); ) {
        widest = Math.max(widest, ConstantNumbers.parsed(found.group(1)));
      }
    }
    boolean star = format == null || format.indexOf('*') >= 0;
    for (Argument argument : star ? call.arguments() : List.<Argument>of()) {
      double number = numbers.of(argument.value());
      widest = number > widest ? number : widest;
    }
    return widest;
  }

  private static @Nullable String text(Expression e) {
    return e instanceof Constant constant ? constant.value() : null;
  }
}
