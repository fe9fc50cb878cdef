package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An alias in FROM.
 *
 * @param token index of the first token
 * @param name the alias
 * @param columns column aliases, perhaps fewer than columns
 */
public record Alias(int token, String name, List<String> columns) implements Node {
  public Alias {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
