package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON_TABLE.
 *
 * @param token index of the first token
 * @param lateral LATERAL; it sees earlier items even without it
 * @param document the context item
 * @param path the row path, a constant
 * @param pathName AS
 * @param passing PASSING, each with its name
 * @param columns COLUMNS
 * @param onError the DEFAULT of ON ERROR
 * @param alias AS
 */
public record JsonTable(
    int token,
    boolean lateral,
    Expression document,
    Expression path,
    @Nullable String pathName,
    List<Target> passing,
    List<JsonColumn> columns,
    @Nullable Expression onError,
    @Nullable Alias alias)
    implements FromItem {
  public JsonTable {
    passing = List.copyOf(passing);
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(document);
    each.accept(path);
    passing.forEach(each);
    columns.forEach(each);
    if (onError != null) {
      each.accept(onError);
    }
    if (alias != null) {
      each.accept(alias);
    }
  }
}
