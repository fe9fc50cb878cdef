package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function in FROM, or ROWS FROM.
 *
 * @param token index of the first token
 * @param lateral LATERAL; functions see earlier items even without it
 * @param rowsFrom ROWS FROM ( )
 * @param functions one; ROWS FROM may have more
 * @param ordinality WITH ORDINALITY: one more bigint column, last
 * @param alias AS; null with {@code AS (definitions)}
 * @param definitions the column definition list that belongs to the alias, else none
 */
public record FunctionItem(
    int token,
    boolean lateral,
    boolean rowsFrom,
    List<FunctionColumns> functions,
    boolean ordinality,
    @Nullable Alias alias,
    List<ColumnDefinition> definitions)
    implements FromItem {
  public FunctionItem {
    functions = List.copyOf(functions);
    definitions = List.copyOf(definitions);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    functions.forEach(each);
    if (alias != null) {
      each.accept(alias);
    }
    definitions.forEach(each);
  }
}
