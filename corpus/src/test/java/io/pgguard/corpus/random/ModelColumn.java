package io.pgguard.corpus.random;

/**
 * A column that an expression can name.
 *
 * @param hot whether its values are protected, by the corpus's own list
 */
record ModelColumn(String name, SqlType type, boolean hot) {
  ModelColumn named(String other) {
    return new ModelColumn(other, type, hot);
  }
}
