package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A parameter, {@code $n}.
 *
 * @param token index of the first token
 * @param number the text after the dollar sign
 */
public record Parameter(int token, String number) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {}
}
