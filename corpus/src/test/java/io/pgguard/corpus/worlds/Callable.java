package io.pgguard.corpus.worlds;

import java.util.List;

/**
 * Something that the server can evaluate.
 *
 * @param kind f function, a aggregate, w window function, o operator, c cast
 * @param name as SQL calls it: a qualified function name, or an operator's qualified name
 * @param arguments names of types, in order; empty on an operator's left for a prefix operator
 * @param result the type's name
 * @param set whether it gives a set of rows
 * @param owner whether the schema's owner wrote it
 */
record Callable(
    char kind, String name, List<String> arguments, String result, boolean set, boolean owner) {
  Callable {
    arguments = List.copyOf(arguments);
  }
}
