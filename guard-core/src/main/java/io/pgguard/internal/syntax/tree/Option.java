package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An option of EXPLAIN, COPY, or a view.
 *
 * @param token index of the first token
 * @param name lower case; its words with spaces between
 * @param values the words of its value; none if none
 */
public record Option(int token, String name, List<String> values) implements Node {
  public Option {
    values = List.copyOf(values);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
