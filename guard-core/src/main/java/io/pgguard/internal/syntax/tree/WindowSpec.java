package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A window: after OVER, or defined by WINDOW.
 *
 * @param token index of the first token
 * @param name {@code OVER name}, or the name that WINDOW gives
 * @param base the window that this one copies
 * @param partitionBy PARTITION BY
 * @param orderBy ORDER BY
 * @param frame the frame
 */
public record WindowSpec(
    int token,
    @Nullable String name,
    @Nullable String base,
    List<Expression> partitionBy,
    List<SortKey> orderBy,
    @Nullable Frame frame)
    implements Node {
  public WindowSpec {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    partitionBy.forEach(each);
    orderBy.forEach(each);
    if (frame != null) {
      each.accept(frame);
    }
  }
}
