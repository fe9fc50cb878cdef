package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Tells what a statement is expected to bring and cost, before it runs. Thread-safe. */
public interface FigureSource {

  /**
   * What the planner expects of a text, or unknown figures where it cannot plan it.
   *
   * @param parameters whether the text has any
   */
  Planned planned(String text, boolean parameters, Catalog snapshot, SearchPath path);

  /**
   * What the planner expects.
   *
   * @param rows rows that the statement brings, or changes
   * @param cost its total cost
   */
  record Planned(OptionalLong rows, OptionalDouble cost) {
    public static final Planned NOTHING = new Planned(OptionalLong.of(0), OptionalDouble.of(0));
    public static final Planned UNKNOWN = new Planned(OptionalLong.empty(), OptionalDouble.empty());
  }
}
