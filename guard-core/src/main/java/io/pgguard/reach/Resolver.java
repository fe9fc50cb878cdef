package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which function an operator or a call stands for, by the types of its operands (PostgreSQL
 * documentation, chapter "Type Conversion"; parse_oper.c and parse_func.c). Where a type is not
 * known, or the rules leave more than one, all that fit. Immutable and thread-safe.
 */
public final class Resolver {
  private static final Set<String> OF_ELEMENT =
      Set.of("anyelement", "anynonarray", "anycompatible", "anycompatiblenonarray");
  private static final Set<String> OF_ARRAY = Set.of("anyarray", "anycompatiblearray");

  /** More are worked out each time: symbols and types are what a text says. */
  private static final int MOST_KNOWN = 5_000;

  private final Catalog catalog;
  private final Coercions coercions;
  private final Callables callables;
  private final Choice choice;

  /** Statements use the same few operators again and again, and each has up to 70 meanings. */
  private final Map<OperatorUse, Resolution> operators = new ConcurrentHashMap<>();

  private record OperatorUse(String symbol, List<Integer> types, boolean systemOnly) {
    OperatorUse {
      types = List.copyOf(types);
    }
  }

  public Resolver(Catalog catalog) {
    this.catalog = catalog;
    this.coercions = new Coercions(catalog);
    this.callables = new Callables(catalog, coercions);
    this.choice = new Choice(catalog, coercions);
  }

  public Coercions coercions() {
    return coercions;
  }

  /** Whether a value of a type becomes one of another where no text asks for it. */
  public boolean implicit(int from, int to) {
    return coercions.implicit(from, to);
  }

  /**
   * What an operator stands for.
   *
   * @param types OIDs of the operands' types: one for a prefix operator; 0 where not known
   * @param systemOnly whether it is PostgreSQL's own for sure
   */
  public Resolution operator(String symbol, List<Integer> types, boolean systemOnly) {
    OperatorUse use = new OperatorUse(symbol, types, systemOnly);
    Resolution known = operators.get(use);
    if (known == null) {
      List<Callable> all = callables.operators(symbol, types.size(), systemOnly);
      List<Callable> exact = exactOperators(all, types);
      known = resolution(exact.isEmpty() ? fitting(all, types) : exact, types);
      if (operators.size() < MOST_KNOWN) {
        operators.put(use, known);
      }
    }
    return known;
  }

  /**
   * What a call stands for.
   *
   * @param functions those that its name may mean
   * @param given what it gives them
   */
  public Resolution call(List<Function> functions, Given given) {
    List<Callable> all = callables.functions(functions, given);
    List<Integer> types = given.types();
    List<Callable> exact = exact(all, types);
    return resolution(exact.isEmpty() ? fitting(all, types) : exact, types);
  }

  /**
   * Which input each argument of a call is for.
   *
   * @param functions those that the call may mean
   * @return empty where they differ in it, or leave out an input before another
   */
  public List<Integer> places(List<Function> functions, Given given) {
    List<Integer> agreed = null;
    for (Function function : functions) {
      List<Integer> places = Notation.places(function, given);
      if (places == null || (agreed != null && !agreed.equals(places))) {
        return List.of();
      }
      agreed = places;
    }
    if (agreed == null || agreed.stream().anyMatch(at -> at >= given.size())) {
      return List.of();
    }
    return agreed;
  }

  private Resolution resolution(List<Callable> chosen, List<Integer> types) {
    int type = chosen.isEmpty() ? 0 : -1;
    for (Callable callable : chosen) {
      int result = result(callable, types);
      type = type == -1 || type == result ? result : 0;
    }
    return new Resolution(chosen, type);
  }

  /** Those that take such values, and of them the best where the types say enough. */
  private List<Callable> fitting(List<Callable> all, List<Integer> types) {
    List<Callable> fitting = new ArrayList<>();
    for (Callable callable : all) {
      if (fits(callable, types) && consistent(callable, types)) {
        fitting.add(callable);
      }
    }
    return choice.isSure(fitting, types) ? choice.best(fitting, types) : fitting;
  }

  private boolean fits(Callable callable, List<Integer> types) {
    for (int i = 0; i < types.size(); i++) {
      if (!coercions.implicit(types.get(i), callable.takes().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Polymorphic arguments agree on one type (check_generic_type_consistency). */
  private boolean consistent(Callable callable, List<Integer> types) {
    int same = 0;
    int compatible = 0;
    for (int i = 0; i < types.size(); i++) {
      String takes = coercions.name(callable.takes().get(i));
      int given = types.get(i) == Coercions.UNKNOWN ? 0 : catalog.baseType(types.get(i));
      if (given == 0
          || !takes.startsWith("any")
          || takes.equals("any")
          || takes.endsWith("range")) {
        continue;
      }
      boolean array = takes.endsWith("array") && !takes.endsWith("nonarray");
      int element = array ? coercions.elementOf(given) : given;
      if (takes.startsWith("anycompatible")) {
        boolean fits =
            compatible == 0
                || coercions.implicit(element, compatible)
                || coercions.implicit(compatible, element);
        if (!fits) {
          return false;
        }
        compatible = element;
      } else if (same != 0 && same != element) {
        return false;
      } else {
        same = element;
      }
    }
    return true;
  }

  /** Those that take just these types. */
  private static List<Callable> exact(List<Callable> all, List<Integer> types) {
    return types.contains(0)
        ? List.of()
        : all.stream().filter(callable -> callable.takes().equals(types)).toList();
  }

  /** A literal beside a typed operand counts as of its type, or as of what that stands on. */
  private List<Callable> exactOperators(List<Callable> all, List<Integer> types) {
    List<Callable> exact = exact(all, types);
    for (int i = 0; i < types.size() && types.size() == 2 && exact.isEmpty(); i++) {
      int other = types.get(1 - i);
      if (types.get(i) == Coercions.UNKNOWN && other != Coercions.UNKNOWN) {
        exact = exact(all, List.of(other, other));
        int base = catalog.baseType(other);
        exact = exact.isEmpty() ? exact(all, List.of(base, base)) : exact;
      }
    }
    return exact;
  }

  /** The type of the result, where it is declared or what the arguments make of it. */
  private int result(Callable callable, List<Integer> types) {
    String name = coercions.name(callable.gives());
    if (!name.startsWith("any")) {
      return callable.set() ? 0 : callable.gives();
    }
    boolean array = name.endsWith("array") && !name.endsWith("nonarray");
    for (int i = 0; i < types.size() && !callable.set(); i++) {
      String takes = coercions.name(callable.takes().get(i));
      int given = types.get(i) == Coercions.UNKNOWN ? 0 : types.get(i);
      if (takes.equals(name) && given != 0) {
        return given;
      } else if (array && OF_ELEMENT.contains(takes)) {
        return given == 0 ? 0 : coercions.arrayOf(catalog.baseType(given));
      } else if (!array && OF_ARRAY.contains(takes) && given != 0) {
        return coercions.elementOf(given);
      }
    }
    return 0;
  }
}
