package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * {@code WHERE CURRENT OF cursor}.
 *
 * @param token index of the first token
 * @param cursor name, or {@code $n}
 */
public record CurrentOf(int token, String cursor) implements Expression {
  @Override
  public void children(Consumer<? super Node> each) {}
}
