package io.pgguard.reach;

import io.pgguard.catalog.Function;
import io.pgguard.internal.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What of {@code pg_catalog} never fails and does nothing but give a value: an error, whose text
 * may hold a value and whose mere occurrence tells something, cannot come from these. The files
 * {@code total-functions.txt} and {@code total-by-hand.txt} have them, each with the kinds of
 * argument that it was judged for.
 */
public final class TotalFunctions {
  private static final Map<String, List<ConstantCheck>> CHECKS = read();

  private TotalFunctions() {}

  private static Map<String, List<ConstantCheck>> read() {
    Map<String, List<ConstantCheck>> all = new HashMap<>();
    for (String file : List.of("total-functions.txt", "total-by-hand.txt")) {
      for (String line : DataFile.lines(file)) {
        add(line, all);
      }
    }
    return Map.copyOf(all);
  }

  private static void add(String line, Map<String, List<ConstantCheck>> all) {
    int open = line.indexOf('(');
    String name = line.substring(0, open).replace("pg_catalog.", "");
    String arguments = line.substring(open + 1, line.length() - 1);
    List<ConstantCheck> checks = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (String argument : arguments.isEmpty() ? new String[0] : arguments.split(", ")) {
      int colon = argument.indexOf(':');
      types.add(colon < 0 ? argument : argument.substring(0, colon));
      checks.add(
          colon < 0 ? ConstantCheck.NONE : ConstantCheck.named(argument.substring(colon + 1)));
    }
    if (checks.contains(ConstantCheck.KEY)) {
      types = List.of("any"); // as declared; the list has one line for each number of pairs
      checks = List.of(ConstantCheck.KEY);
    }
    all.put(plain(name + "(" + String.join(", ", types) + ")"), List.copyOf(checks));
  }

  /** Which family of polymorphic types a function takes has changed between versions. */
  private static String plain(String key) {
    return key.replace("anycompatiblearray", "anyarray")
        .replace("anycompatiblenonarray", "anynonarray")
        .replace("anycompatible", "anyelement");
  }

  /**
   * Whether no values of its arguments can make a function fail. The arguments' types are not
   * looked at: a polymorphic one is as good as what it is given.
   *
   * @param arguments as written; one that came by its default is not among them
   * @param declared whether a declaration says of an argument that it is no extreme
   */
  public static boolean isTotal(
      Callable function, List<Expression> arguments, IntPredicate declared) {
    List<ConstantCheck> checks =
        function.system() ? CHECKS.get(plain(prefix(function.kind()) + function.key())) : null;
    if (checks == null) {
      return false;
    }
    for (int i = 0; i < arguments.size() && !checks.isEmpty(); i++) {
      ConstantCheck check = checks.get(Math.min(i, checks.size() - 1));
      boolean passes =
          check == ConstantCheck.DECLARED ? declared.test(i) : check.passes(arguments, i);
      if (!passes) {
        return false;
      }
    }
    return true;
  }

  /** Whether what {@link Coercions#step} tells fails on no value. */
  public static boolean isTotal(String conversion) {
    List<ConstantCheck> checks = CHECKS.get(conversion);
    return checks != null && checks.stream().allMatch(check -> check == ConstantCheck.NONE);
  }

  private static String prefix(Function.Kind kind) {
    return switch (kind) {
      case AGGREGATE -> "agg ";
      case WINDOW -> "win ";
      case FUNCTION -> "";
      case PROCEDURE -> "call ";
    };
  }
}
