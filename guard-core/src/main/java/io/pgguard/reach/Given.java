package io.pgguard.reach;

import java.util.Collections;
import java.util.List;

/**
 * What a call gives a function. Immutable.
 *
 * @param types OIDs of the arguments' types, 0 where not known
 * @param names the names that arguments are given by, which only the last ones can be
 * @param variadic whether the last one is given as the array of all the rest (VARIADIC)
 */
public record Given(List<Integer> types, List<String> names, boolean variadic) {
  public Given {
    types = List.copyOf(types);
    names = List.copyOf(names);
  }

  /** Arguments in order. */
  public static Given inOrder(List<Integer> types) {
    return new Given(types, Collections.emptyList(), false);
  }

  int size() {
    return types.size();
  }

  /** How many come before the first that is given by its name. */
  int positional() {
    return types.size() - names.size();
  }
}
