package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.reach.Callable;
import io.pgguard.reach.Resolution;
import io.pgguard.reach.Resolver;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which comparisons by {@code =} hold for one value of a column alone. Thread-safe. */
final class PlainEquality {
  /** Types whose {@code =} compares something else than the whole value, or may fail. */
  private static final Pattern NOT_PLAIN =
      Pattern.compile("(record|box|circle|path|lseg|line|poly)\\w*\\(");

  private static final int NUMERIC = 1700;

  /** int2, int4, int8. */
  private static final Set<Integer> INTEGERS = Set.of(21, 23, 20);

  private final Catalog catalog;
  private final Resolver resolver;

  PlainEquality(Snapshot snapshot) {
    this.catalog = snapshot.catalog();
    this.resolver = snapshot.resolver();
  }

  /**
   * Whether a value of a type is compared with a constant by plain equality of its own type: no
   * conversion of it, and no equality that holds for several of its values.
   */
  boolean holds(int type, Expression constant, int other) {
    Resolution resolution = resolver.operator("=", List.of(type, other), false);
    boolean any = false;
    for (Callable function : resolution.functions()) {
      boolean own = isOwn(type, function) && isOfScalars(function);
      // The server takes a parameter for the column's type, unless the client says more of it.
      boolean taken = constant instanceof Parameter && other == 0;
      if (!own && !taken && !isWidened(type, function.takes().get(0))) {
        return false;
      }
      any |= own || isWidened(type, function.takes().get(0));
    }
    return type != 0 && any;
  }

  /** An integer becomes numeric without two of them becoming the same. */
  private boolean isWidened(int type, int taken) {
    return INTEGERS.contains(catalog.baseType(type)) && taken == NUMERIC;
  }

  private boolean isOwn(int type, Callable function) {
    int base = catalog.baseType(type);
    int taken = function.takes().get(0);
    if (!function.system()) {
      return base == taken
          && catalog.function(function.oid()).filter(f -> f.extension() != null).isPresent();
    }
    return base == taken
        || resolver.coercions().sameBytes(type, taken)
        || catalog.type(taken).filter(t -> t.name().startsWith("any")).isPresent();
  }

  /** Rows are compared by their fields' own equality, and shapes by their areas or about. */
  private static boolean isOfScalars(Callable function) {
    return !NOT_PLAIN.matcher(function.key()).lookingAt();
  }
}
