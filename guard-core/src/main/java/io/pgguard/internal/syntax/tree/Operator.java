package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * An operator's name.
 *
 * @param token index of the first token
 * @param schema the qualification in {@code OPERATOR(s.+)}, else empty
 * @param symbol the symbol; {@code !=} stands here as {@code <>}
 */
public record Operator(int token, List<String> schema, String symbol) implements Node {
  public Operator {
    schema = List.copyOf(schema);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
