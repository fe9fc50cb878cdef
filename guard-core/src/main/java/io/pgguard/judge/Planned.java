package io.pgguard.judge;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the planner expects of a statement; a figure that is empty is not known, and counts as over
 * where it matters. Immutable.
 *
 * @param rows rows that the statement brings, or changes
 * @param cost its total cost
 */
public record Planned(OptionalLong rows, OptionalDouble cost) {
  public static final Planned UNKNOWN = new Planned(OptionalLong.empty(), OptionalDouble.empty());
  static final Planned NOTHING = new Planned(OptionalLong.of(0), OptionalDouble.of(0));
}
