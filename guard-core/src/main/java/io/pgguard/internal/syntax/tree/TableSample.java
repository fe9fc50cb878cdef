package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TABLESAMPLE.
 *
 * @param token index of the first token
 * @param method the function
 * @param arguments its arguments
 * @param repeatable REPEATABLE
 */
public record TableSample(
    int token, Name method, List<Expression> arguments, @Nullable Expression repeatable)
    implements Node {
  public TableSample {
    arguments = List.copyOf(arguments);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(method);
    arguments.forEach(each);
    if (repeatable != null) {
      each.accept(repeatable);
    }
  }
}
