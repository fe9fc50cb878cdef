package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A function of ROWS FROM with its own column definitions.
 *
 * @param token index of the first token
 * @param call a {@link FunctionCall}, {@link SpecialForm}, or {@link Cast}: whatever the grammar
 *     calls a function
 * @param definitions AS ( ), else none
 */
public record FunctionColumns(int token, Expression call, List<ColumnDefinition> definitions)
    implements Node {
  public FunctionColumns {
    definitions = List.copyOf(definitions);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(call);
    definitions.forEach(each);
  }
}
