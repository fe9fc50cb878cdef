package io.pgguard.catalog;

import java.util.List;

/**
 * How the inputs of a function may be given in a call beside one after the other ({@code pg_proc};
 * PostgreSQL documentation, "Calling Functions"). Immutable.
 *
 * @param names their names in order, the empty text for one without; empty where none has a name
 * @param defaults how many at the end may be left out
 * @param variadic whether the last one takes any number of values
 */
public record Inputs(List<String> names, int defaults, boolean variadic) {
  /** Each must be given, in order. */
  public static final Inputs PLAIN = new Inputs(List.of(), 0, false);

  public Inputs {
    names = List.copyOf(names);
  }
}
