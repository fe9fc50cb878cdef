package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * DEFAULT as a value of VALUES or SET.
 *
 * @param token index of the first token
 */
public record DefaultValue(int token) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {}
}
