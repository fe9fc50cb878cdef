package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * VALUES lists.
 *
 * @param token index of the first token
 * @param rows at least one; PostgreSQL wants the same width of each
 */
public record Values(int token, List<Row> rows) implements QueryBody {
  public Values {
    rows = List.copyOf(rows);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    rows.forEach(each);
  }
}
