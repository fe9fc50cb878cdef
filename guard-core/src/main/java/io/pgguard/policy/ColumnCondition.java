package io.pgguard.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a rule is about: all of what is given must hold. A rule that stops speaks as soon
 * as one column fits that is touched or may be; one that allows speaks where every column fits that
 * is touched, and of a relation that is touched without naming columns some column. Immutable and
 * thread-safe.
 *
 * @param reads columns read; empty for not asked
 * @param sets columns set; empty for not asked
 * @param star whether columns are asked for without being named, or null for either
 * @param readsNone whether no relation may be read
 */
record ColumnCondition(
    List<ColumnPattern> reads,
    List<ColumnPattern> sets,
    @Nullable Boolean star,
    boolean readsNone) {
  /** Any columns. */
  static final ColumnCondition ANY = new ColumnCondition(List.of(), List.of(), null, false);

  ColumnCondition {
    reads = List.copyOf(reads);
    sets = List.copyOf(sets);
  }

  /** Whether it asks for nothing. */
  boolean isAny() {
    return reads.isEmpty() && sets.isEmpty() && star == null && !readsNone;
  }

  /**
   * Whether columns that are read are meant.
   *
   * @param open whether code that nobody sees into may read anything
   */
  boolean reads(ColumnUse use, boolean allows, boolean open) {
    return readsNone ? none(use.reads(), allows, open) : match(reads, use.reads(), allows, open);
  }

  /** Whether nothing is touched: for a rule that allows, for sure. */
  private static boolean none(ColumnUse.Touched touched, boolean allows, boolean open) {
    return touched.told().isEmpty()
        && touched.whole().isEmpty()
        && !(allows && (open || !touched.certain() || !touched.possible().isEmpty()));
  }

  /** Whether columns that are set are meant. */
  boolean sets(ColumnUse use, boolean allows, boolean open) {
    return match(sets, use.sets(), allows, open);
  }

  /** Whether the way is meant in which columns are asked for; what cannot be told stops. */
  boolean star(ColumnUse use, boolean allows) {
    Boolean asked = use.star();
    return star == null || (asked == null ? !allows : asked.equals(star));
  }

  private static boolean match(
      List<ColumnPattern> patterns, ColumnUse.Touched touched, boolean allows, boolean open) {
    if (patterns.isEmpty()) {
      return true;
    }
    if (!allows) {
      return open || any(patterns, touched.told()) || any(patterns, touched.possible());
    }
    return touched.certain()
        && !(touched.told().isEmpty() && touched.whole().isEmpty())
        && all(patterns, touched.told())
        && all(patterns, touched.whole());
  }

  private static boolean any(List<ColumnPattern> patterns, Set<ColumnName> names) {
    for (ColumnName name : names) {
      if (matches(patterns, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(List<ColumnPattern> patterns, Set<ColumnName> names) {
    for (ColumnName name : names) {
      if (!matches(patterns, name)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of the patterns names it. */
  static boolean matches(List<ColumnPattern> patterns, ColumnName name) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(name)) {
        return true;
      }
    }
    return false;
  }
}
