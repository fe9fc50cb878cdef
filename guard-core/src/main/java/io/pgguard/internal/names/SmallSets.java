package io.pgguard.internal.names;

import java.util.Collection;
import java.util.Set;

/** Copies of sets that mostly hold nothing or one thing. Stateless and thread-safe. */
public final class SmallSets {
  private SmallSets() {}

  /**
   * What {@link Set#copyOf} gives, without a table between where there is nothing to tell apart.
   *
   * @throws NullPointerException if it holds null
   */
  public static <T> Set<T> copy(Collection<? extends T> original) {
    return switch (original.size()) {
      case 0 -> Set.of();
      case 1 -> Set.of(original.iterator().next());
      default -> Set.copyOf(original);
    };
  }
}
