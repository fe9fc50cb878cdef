package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A common table expression.
 *
 * @param token index of the first token
 * @param name its name
 * @param columns column aliases; perhaps fewer than outputs
 * @param materialized as asked
 * @param statement a query or a data change
 * @param search SEARCH
 * @param cycle CYCLE
 */
public record CommonTable(
    int token,
    String name,
    List<String> columns,
    Materialized materialized,
    Statement statement,
    @Nullable Search search,
    @Nullable Cycle cycle)
    implements Node {
  /** What was asked about materializing. */
  public enum Materialized {
    DEFAULT,
    ALWAYS,
    NEVER
  }

  public CommonTable {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(statement);
    if (search != null) {
      each.accept(search);
    }
    if (cycle != null) {
      each.accept(cycle);
    }
  }
}
