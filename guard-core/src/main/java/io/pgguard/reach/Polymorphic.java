package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.Set;

/**
 * Functions whose result or arguments have the type of another argument (PostgreSQL documentation,
 * "Polymorphic Types"). Stateless and thread-safe.
 */
final class Polymorphic {
  /** anyelement, anynonarray, anycompatible, anycompatiblenonarray, anyenum. */
  private static final Set<Integer> VALUES = Set.of(2283, 2776, 5077, 5079, 3500);

  /**
   * anyarray, anyrange, anymultirange, anycompatiblearray, anycompatiblerange,
   * anycompatiblemultirange, record.
   */
  private static final Set<Integer> CONTAINERS = Set.of(2277, 3831, 4537, 5078, 5080, 4538, 2249);

  private Polymorphic() {}

  /**
   * Whether a call may make another of its arguments a value of the type that one has, or an array
   * or range of such.
   */
  static boolean builds(Function function) {
    int polymorphic = 0;
    for (int type : function.argumentTypes()) {
      polymorphic += VALUES.contains(type) || CONTAINERS.contains(type) ? 1 : 0;
    }
    return polymorphic > 1 || (polymorphic > 0 && CONTAINERS.contains(function.returnType()));
  }
}
