package io.pgguard.policy;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on every statement; what runs over is ended, and said. Immutable and thread-safe.
 *
 * @param statementTime how long a statement may run, or null for no bound; positive
 * @param estimatedCost the planner's cost above which a statement is refused
 * @param rows the most rows that a statement may bring
 * @param valueBytes the longest single value, in bytes, that may be relayed
 * @param everyRowFrom how many rows a statement that leaves no row of its target alone must change
 *     to count as one without WHERE; at least 1
 */
public record Limits(
    @Nullable Duration statementTime,
    OptionalDouble estimatedCost,
    OptionalLong rows,
    OptionalLong valueBytes,
    long everyRowFrom) {
  /** A transaction may lie idle this many times as long as a statement may run. */
  private static final int IDLE_FACTOR = 10;

  /** One row is easily all that a small table has. */
  static final long EVERY_ROW_FROM = 2;

  /** No bounds. */
  public static final Limits NONE =
      new Limits(
          null, OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty(), EVERY_ROW_FROM);

  /** How long a transaction may lie idle, with its locks; null for no bound. */
  public @Nullable Duration idleTime() {
    return statementTime == null ? null : statementTime.multipliedBy(IDLE_FACTOR);
  }
}
