package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which of several functions PostgreSQL takes where none takes just what is given
 * (func_select_candidate, parse_func.c). Immutable and thread-safe.
 */
final class Choice {
  /** The preferred types of {@code pg_type}, each of one category. */
  private static final Set<String> PREFERRED =
      Set.of("bool", "text", "oid", "float8", "inet", "timestamptz", "interval", "varbit");

  private static final char STRING = 'S';
  private static final char NONE = '\0';

  private final Catalog catalog;
  private final Coercions coercions;

  Choice(Catalog catalog, Coercions coercions) {
    this.catalog = catalog;
    this.coercions = coercions;
  }

  /** Whether what is known of the types says which one is taken. */
  boolean isSure(List<Callable> fitting, List<Integer> types) {
    for (int i = 0; i < types.size(); i++) {
      int type = types.get(i);
      if (type == 0 || coercions.hasOwnCasts(type)) {
        return false;
      }
      for (Callable callable : fitting) {
        if (type == Coercions.UNKNOWN && mayBePreferred(callable.takes().get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Who makes a type says whether it is preferred: of those Guard does not know. */
  private boolean mayBePreferred(int type) {
    TypeInfo info = catalog.type(type).orElse(null);
    return info == null
        || (info.kind() == TypeInfo.Kind.BASE
            && !info.isArray()
            && !info.schema().equals("pg_catalog"));
  }

  /** Each rule leaves those that fit best, unless none does. */
  List<Callable> best(List<Callable> fitting, List<Integer> types) {
    List<Callable> left = most(fitting, c -> count(c, types, false));
    left = most(left, c -> count(c, types, true));
    if (left.size() > 1 && types.contains(Coercions.UNKNOWN)) {
      left = ofOneCategory(left, types);
    }
    return left.size() > 1 ? ofOneType(left, types) : left;
  }

  private static List<Callable> most(List<Callable> all, ToIntFunction<Callable> figure) {
    int most = all.stream().mapToInt(figure).max().orElse(0);
    return all.stream().filter(c -> figure.applyAsInt(c) == most).toList();
  }

  private int count(Callable callable, List<Integer> types, boolean preferred) {
    int count = 0;
    for (int i = 0; i < types.size(); i++) {
      int takes = callable.takes().get(i);
      int base = catalog.baseType(types.get(i));
      boolean known = types.get(i) != Coercions.UNKNOWN;
      if (known && (takes == base || (preferred && isPreferred(takes, category(base))))) {
        count++;
      }
    }
    return count;
  }

  private boolean isPreferred(int takes, char category) {
    TypeInfo type = catalog.type(takes).orElse(null);
    return type != null
        && type.category() == category
        && type.schema().equals("pg_catalog")
        && PREFERRED.contains(type.name());
  }

  private char category(int type) {
    return catalog.type(type).map(TypeInfo::category).orElse('?');
  }

  /** A literal is taken for a string where one fits, else for what all agree on. */
  private List<Callable> ofOneCategory(List<Callable> all, List<Integer> types) {
    char[] wanted = new char[types.size()];
    boolean[] preferred = new boolean[types.size()];
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) == Coercions.UNKNOWN && !agree(all, i, wanted, preferred)) {
        return all;
      }
    }
    List<Callable> same = new ArrayList<>();
    for (Callable callable : all) {
      boolean fits = true;
      for (int i = 0; i < types.size(); i++) {
        int takes = callable.takes().get(i);
        fits &=
            wanted[i] == NONE
                || (category(takes) == wanted[i]
                    && (!preferred[i] || isPreferred(takes, wanted[i])));
      }
      if (fits) {
        same.add(callable);
      }
    }
    return same.isEmpty() ? all : same;
  }

  /** Finds the category of one argument, and whether one of its preferred types is taken. */
  private boolean agree(List<Callable> all, int at, char[] wanted, boolean[] preferred) {
    boolean conflict = false;
    for (Callable callable : all) {
      char category = category(callable.takes().get(at));
      conflict |= wanted[at] != NONE && category != wanted[at];
      if (wanted[at] == NONE || (category == STRING && wanted[at] != STRING)) {
        wanted[at] = category;
        preferred[at] = false;
      }
      preferred[at] |= category == wanted[at] && isPreferred(callable.takes().get(at), category);
    }
    return !conflict || wanted[at] == STRING;
  }

  /** Where all that is known has one type, literals are taken for it if just one function fits. */
  private List<Callable> ofOneType(List<Callable> all, List<Integer> types) {
    int known = 0;
    for (int type : types) {
      int base = catalog.baseType(type);
      if (type != Coercions.UNKNOWN && known != 0 && known != base) {
        return all;
      }
      known = type == Coercions.UNKNOWN ? known : base;
    }
    if (known == 0 || !types.contains(Coercions.UNKNOWN)) {
      return all;
    }
    Integer[] same = new Integer[types.size()];
    Arrays.fill(same, known);
    List<Callable> fitting = new ArrayList<>();
    for (Callable callable : all) {
      boolean fits = true;
      for (int i = 0; i < same.length; i++) {
        fits &= coercions.implicit(same[i], callable.takes().get(i));
      }
      if (fits) {
        fitting.add(callable);
      }
    }
    return fitting.size() == 1 ? Collections.unmodifiableList(fitting) : all;
  }
}
