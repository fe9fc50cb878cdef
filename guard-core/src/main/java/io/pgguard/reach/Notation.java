package io.pgguard.reach;

import io.pgguard.catalog.Function;
import io.pgguard.catalog.Inputs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which input of a function each argument of a call is for (PostgreSQL's MatchNamedCall and
 * FuncnameGetCandidates, namespace.c). Stateless.
 */
final class Notation {
  private Notation() {}

  /**
   * The types that a function takes for the arguments as they stand in the call; null where it
   * cannot be called so.
   *
   * @param element the type of one value of a variadic input, or 0
   */
  static @Nullable List<Integer> takes(Function function, Given given, int element) {
    List<Integer> types = function.argumentTypes();
    Inputs inputs = function.inputs();
    int most = types.size();
    if (!given.names().isEmpty()) {
      return inputs.variadic() && !given.variadic() ? null : named(function, given);
    }
    if (inputs.variadic() && !given.variadic() && most <= given.size()) {
      List<Integer> expanded = new ArrayList<>(types.subList(0, most - 1));
      expanded.addAll(Collections.nCopies(given.size() - most + 1, element));
      return expanded;
    }
    boolean fits = given.size() <= most && given.size() + inputs.defaults() >= most;
    return fits ? types.subList(0, given.size()) : null;
  }

  private static @Nullable List<Integer> named(Function function, Given given) {
    List<Integer> places = places(function, given);
    int needed = function.argumentTypes().size() - function.inputs().defaults();
    for (int i = 0; i < needed && places != null; i++) {
      places = places.contains(i) ? places : null;
    }
    return places == null ? null : places.stream().map(function.argumentTypes()::get).toList();
  }

  /** Which input each argument is for; null where there is none for one, or it is given twice. */
  static @Nullable List<Integer> places(Function function, Given given) {
    List<String> names = function.inputs().names();
    int most = function.argumentTypes().size();
    if (names.size() != most || given.size() > most) {
      return null;
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < given.positional(); i++) {
      places.add(i);
    }
    for (String name : given.names()) {
      int at = names.indexOf(name);
      if (at < 0 || places.contains(at)) {
        return null;
      }
      places.add(at);
    }
    return places;
  }
}
