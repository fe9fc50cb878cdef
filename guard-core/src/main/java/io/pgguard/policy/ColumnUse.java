package io.pgguard.policy;

import io.pgguard.internal.names.SmallSets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a statement reads and sets, as far as rules of its policy ask. Immutable and
 * thread-safe.
 *
 * @param reads what flows into results, conditions and what is written
 * @param sets what is set
 * @param star whether its text asks for columns without naming them ({@code *}); null where that
 *     cannot be told
 */
public record ColumnUse(Touched reads, Touched sets, @Nullable Boolean star) {
  /** Of a statement that no rule asks about so, or that touches no column. */
  public static final ColumnUse NONE = new ColumnUse(Touched.NONE, Touched.NONE, false);

  public ColumnUse {
    Objects.requireNonNull(reads, "reads");
    Objects.requireNonNull(sets, "sets");
  }

  /**
   * Columns that are touched in one way.
   *
   * @param told those that the statement's own words touch
   * @param whole what counts for rules that allow alone: of relations that it touches without
   *     naming columns their rows, or each column where rows are removed
   * @param possible those that may be touched besides: by code, by foreign keys, or because the way
   *     of columns could not be followed. Rules that stop look at them too
   * @param certain whether all is told but for what {@code possible} names of code
   */
  public record Touched(
      Set<ColumnName> told, Set<ColumnName> whole, Set<ColumnName> possible, boolean certain) {
    /** Nothing is touched. */
    public static final Touched NONE = new Touched(Set.of(), Set.of(), Set.of(), true);

    public Touched {
      told = SmallSets.copy(told);
      whole = SmallSets.copy(whole);
      possible = SmallSets.copy(possible);
    }
  }
}
