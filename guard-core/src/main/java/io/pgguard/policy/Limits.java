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
 */
public record Limits(
    @Nullable Duration statementTime,
    OptionalDouble estimatedCost,
    OptionalLong rows,
    OptionalLong valueBytes) {
  /** No bounds. */
  public static final Limits NONE =
      new Limits(null, OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty());
}
