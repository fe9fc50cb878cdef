package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING.
 *
 * @param token index of the first token
 * @param oldAlias OLD AS
 * @param newAlias NEW AS
 * @param targets the outputs
 */
public record Returning(
    int token, @Nullable String oldAlias, @Nullable String newAlias, List<Target> targets)
    implements Node {
  public Returning {
    targets = List.copyOf(targets);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    targets.forEach(each);
  }
}
