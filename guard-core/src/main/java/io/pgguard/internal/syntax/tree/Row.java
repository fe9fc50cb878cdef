package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A row: {@code ROW(...)}, {@code (a, b)}, a row of VALUES.
 *
 * @param token index of the first token
 * @param fields its fields
 * @param explicit written with ROW
 */
public record Row(int token, List<Expression> fields, boolean explicit) implements Expression {
  public Row {
    fields = List.copyOf(fields);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    fields.forEach(each);
  }
}
