package io.pgguard.policy;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a rule speaks: all of what is given must hold, and what is not given does not count.
 * Immutable and thread-safe.
 *
 * @param kinds any of these kinds; empty for all
 * @param where the state of the WHERE clause, or null for any
 * @param reads relations read; empty for not asked
 * @param writes relations changed; empty for not asked
 * @param functions functions called; empty for not asked
 * @param columns columns read and set, and how they are asked for
 * @param affectedRowsOver more rows changed than this
 * @param estimatedRowsOver more rows expected than this
 * @param estimatedCostOver a higher cost expected than this
 * @param locking whether rows are locked, or null for either
 * @param intentStated whether an intent is stated, or null for either
 * @param asker who asks
 * @param circumstances what must hold around it
 */
public record Condition(
    Set<String> kinds,
    @Nullable WhereState where,
    List<RelationPattern> reads,
    List<RelationPattern> writes,
    List<FunctionPattern> functions,
    ColumnCondition columns,
    OptionalLong affectedRowsOver,
    OptionalLong estimatedRowsOver,
    OptionalDouble estimatedCostOver,
    @Nullable Boolean locking,
    @Nullable Boolean intentStated,
    PrincipalCondition asker,
    CircumstanceCondition circumstances) {
  public Condition {
    kinds = Set.copyOf(kinds);
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    functions = List.copyOf(functions);
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(affectedRowsOver, "affectedRowsOver");
    Objects.requireNonNull(estimatedRowsOver, "estimatedRowsOver");
    Objects.requireNonNull(estimatedCostOver, "estimatedCostOver");
    Objects.requireNonNull(asker, "asker");
    Objects.requireNonNull(circumstances, "circumstances");
  }

  /** Of a rule that speaks of a statement as soon as it reads such a column. */
  static Condition reading(ColumnPattern columns) {
    return new Condition(
        Set.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        new ColumnCondition(List.of(columns), List.of(), null, false),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        null,
        null,
        PrincipalCondition.ANYBODY,
        CircumstanceCondition.ANY);
  }
}
