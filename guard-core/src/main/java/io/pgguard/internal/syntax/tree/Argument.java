package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a function.
 *
 * @param token index of the first token
 * @param name of named notation
 * @param value the value
 */
public record Argument(int token, @Nullable String name, Expression value) implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(value);
  }
}
