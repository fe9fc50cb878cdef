package io.pgguard.reach;

import io.pgguard.internal.names.SmallSets;
import io.pgguard.statement.Name;
import java.util.Set;

/**
 * What a text may make the server call by name. An over-estimate: what it names is among these,
 * whatever else is. Immutable.
 *
 * @param functions names of functions; a cast may be written like one
 * @param fields names after a point, where they may be functions that take the row before it; empty
 *     where they are known to be columns
 * @param operators operator symbols, also those behind words such as LIKE and IN
 * @param types names of types
 * @param anyType whether it may name types by values, as {@code pg_input_is_valid} does
 * @param anySchema whether operators may be taken from any schema, not only from the search path
 * @param defaults whether it may ask for the default of a column that it names
 * @param builds whether it may put arrays together, or take a relation's rows as values
 */
public record NamedCode(
    Set<Name> functions,
    Set<String> fields,
    Set<String> operators,
    Set<Name> types,
    boolean anyType,
    boolean anySchema,
    boolean defaults,
    boolean builds) {
  /** A text that names nothing. */
  public static final NamedCode NOTHING =
      new NamedCode(Set.of(), Set.of(), Set.of(), Set.of(), false, false, false, false);

  public NamedCode {
    functions = SmallSets.copy(functions);
    fields = SmallSets.copy(fields);
    operators = SmallSets.copy(operators);
    types = SmallSets.copy(types);
  }
}
