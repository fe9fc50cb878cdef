package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A column or whole-row reference: {@code a}, {@code t.a}, {@code s.t.a}, {@code t.*}, {@code *}.
 *
 * @param token index of the first token
 * @param names empty only for a lone star
 * @param star ends in a star
 */
public record ColumnRef(int token, List<String> names, boolean star) implements Expression {
  public ColumnRef {
    names = List.copyOf(names);
  }

  @Override
  public void children(Consumer<? super Node> each) {}
}
