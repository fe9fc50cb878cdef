package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Tells what a statement would change and cost, before it runs. Thread-safe. */
public interface FigureSource {

  /** Counts what a statement that changes rows would change. */
  Counted counted(StatementFacts facts, Tokens tokens, SearchPath path);

  /**
   * What the planner expects of a text, or unknown figures where it cannot plan it.
   *
   * @param parameters whether the text has any
   */
  Planned planned(String text, boolean parameters, Catalog snapshot, SearchPath path);

  /**
   * What was counted.
   *
   * @param rows rows that would be changed, at most 100,001
   * @param sparesNone whether some UPDATE or DELETE with a WHERE would change every row of its
   *     target, and more than one
   * @param countable whether the form is one that can be counted: else it may change every row
   */
  record Counted(OptionalLong rows, boolean sparesNone, boolean countable) {
    public static final Counted UNKNOWN = new Counted(OptionalLong.empty(), false, true);
    public static final Counted UNCOUNTABLE = new Counted(OptionalLong.empty(), true, false);
  }

  /**
   * What the planner expects.
   *
   * @param rows rows that the statement brings, or changes
   * @param changed rows that it changes
   * @param cost its total cost
   */
  record Planned(OptionalLong rows, OptionalLong changed, OptionalDouble cost) {
    public static final Planned NOTHING =
        new Planned(OptionalLong.of(0), OptionalLong.of(0), OptionalDouble.of(0));
    public static final Planned UNKNOWN =
        new Planned(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
  }
}
