package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CYCLE of a recursive common table.
 *
 * @param token index of the first token
 * @param columns the columns compared
 * @param markColumn SET: a column that it adds
 * @param markValue TO
 * @param markDefault DEFAULT
 * @param pathColumn USING: a column that it adds; it holds the values of the compared columns
 */
public record Cycle(
    int token,
    List<String> columns,
    String markColumn,
    @Nullable Expression markValue,
    @Nullable Expression markDefault,
    String pathColumn)
    implements Node {
  public Cycle {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (markValue != null) {
      each.accept(markValue);
    }
    if (markDefault != null) {
      each.accept(markDefault);
    }
  }
}
