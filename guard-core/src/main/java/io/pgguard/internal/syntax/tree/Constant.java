package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A constant.
 *
 * @param token index of the first token
 * @param kind which
 * @param value a string's content, a number's text, {@code true}, {@code false}, or {@code null}
 */
public record Constant(int token, Kind kind, String value) implements Expression {
  /** Kinds of constants. */
  public enum Kind {
    STRING,
    BIT_STRING,
    INTEGER,
    NUMERIC,
    BOOLEAN,
    NULL
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
