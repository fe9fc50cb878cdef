package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * Which function an operator or a call stands for, by the types of its operands (PostgreSQL
 * documentation, chapter "Type Conversion"; parse_oper.c and parse_func.c). Where a type is not
 * known, or the rules leave more than one, all that fit. Immutable and thread-safe.
 */
public final class Resolver {
  private static final Set<String> OF_ELEMENT =
      Set.of("anyelement", "anynonarray", "anycompatible", "anycompatiblenonarray");
  private static final Set<String> OF_ARRAY = Set.of("anyarray", "anycompatiblearray");

  private static final Set<String> PREFERRED =
      Set.of("bool", "text", "oid", "float8", "inet", "timestamptz", "interval", "varbit");

  /** More are worked out each time: symbols and types are what a text says. */
  private static final int MOST_KNOWN = 5_000;

  private final Catalog catalog;
  private final Coercions coercions;
  private final Callables callables;

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
      known = resolved(callables.operators(symbol, types.size(), systemOnly), types);
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
   * @param types OIDs of the arguments' types, 0 where not known
   */
  public Resolution call(List<Function> functions, List<Integer> types) {
    return resolved(callables.functions(functions, types.size()), types);
  }

  private Resolution resolved(List<Callable> all, List<Integer> types) {
    List<Callable> chosen = chosen(all, types);
    int type = chosen.isEmpty() ? 0 : -1;
    for (Callable callable : chosen) {
      int result = result(callable, types);
      type = type == -1 || type == result ? result : 0;
    }
    return new Resolution(chosen, type);
  }

  private List<Callable> chosen(List<Callable> all, List<Integer> types) {
    List<Callable> exact = exact(all, types);
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Callable> fitting = new ArrayList<>();
    boolean sure = !types.contains(0);
    for (Callable callable : all) {
      boolean fits = true;
      for (int i = 0; i < types.size(); i++) {
        fits &= coercions.implicit(types.get(i), callable.takes().get(i));
      }
      if (fits && consistent(callable, types)) {
        fitting.add(callable);
      }
    }
    for (int type : types) {
      sure &= !coercions.hasOwnCasts(type);
    }
    return sure ? narrowed(fitting, types) : fitting;
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

  /** Those that take just these types; a literal beside a typed operand counts as of its type. */
  private List<Callable> exact(List<Callable> all, List<Integer> types) {
    List<Callable> exact = new ArrayList<>();
    if (types.contains(0)) {
      return exact;
    }
    List<Integer> wanted = new ArrayList<>(types);
    if (types.size() == 2) {
      for (int i = 0; i < 2; i++) {
        int other = types.get(1 - i);
        if (types.get(i) == Coercions.UNKNOWN && other != Coercions.UNKNOWN) {
          wanted.set(i, catalog.baseType(other));
          wanted.set(1 - i, catalog.baseType(other));
        }
      }
    }
    for (Callable callable : all) {
      if (callable.takes().equals(wanted)) {
        exact.add(callable);
      }
    }
    return exact;
  }

  /** func_select_candidate: each rule leaves those that fit best, unless none does. */
  private List<Callable> narrowed(List<Callable> fitting, List<Integer> types) {
    if (fitting.size() < 2) {
      return fitting;
    }
    List<Callable> left = best(fitting, c -> count(c, types, false));
    left = best(left, c -> count(c, types, true));
    for (int i = 0; i < types.size() && left.size() > 1; i++) {
      if (types.get(i) == Coercions.UNKNOWN) {
        left = ofOneCategory(left, i);
      }
    }
    return left;
  }

  private static List<Callable> best(List<Callable> all, ToIntFunction<Callable> figure) {
    int most = all.stream().mapToInt(figure).max().orElse(0);
    return all.stream().filter(c -> figure.applyAsInt(c) == most).toList();
  }

  private int count(Callable callable, List<Integer> types, boolean preferred) {
    int count = 0;
    for (int i = 0; i < types.size(); i++) {
      int takes = callable.takes().get(i);
      int base = catalog.baseType(types.get(i));
      boolean known = types.get(i) != Coercions.UNKNOWN;
      if (known && (takes == base || (preferred && isPreferred(takes, base)))) {
        count++;
      }
    }
    return count;
  }

  private boolean isPreferred(int takes, int given) {
    TypeInfo type = coercions.info(takes);
    TypeInfo other = coercions.info(given);
    return type != null
        && other != null
        && type.category() == other.category()
        && type.schema().equals("pg_catalog")
        && PREFERRED.contains(type.name());
  }

  /** A literal is taken for a string where one fits, else for what all agree on. */
  private List<Callable> ofOneCategory(List<Callable> all, int at) {
    Set<Character> categories = new HashSet<>();
    for (Callable callable : all) {
      categories.add(category(callable, at));
    }
    char wanted = categories.contains('S') ? 'S' : categories.iterator().next();
    if (categories.size() > 1 && wanted != 'S') {
      return all;
    }
    List<Callable> same = all.stream().filter(c -> category(c, at) == wanted).toList();
    List<Callable> preferred =
        same.stream().filter(c -> isPreferred(c.takes().get(at), c.takes().get(at))).toList();
    return preferred.isEmpty() ? same : preferred;
  }

  private char category(Callable callable, int at) {
    TypeInfo type = coercions.info(callable.takes().get(at));
    return type == null ? '?' : type.category();
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
