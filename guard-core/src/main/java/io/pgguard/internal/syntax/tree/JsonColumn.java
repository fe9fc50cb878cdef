package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of JSON_TABLE, or NESTED PATH with columns of its own.
 *
 * @param token index of the first token
 * @param kind which
 * @param name its name; of a NESTED path: AS
 * @param type its type, for REGULAR, FORMATTED and EXISTS
 * @param path PATH
 * @param onEmpty the DEFAULT of ON EMPTY
 * @param onError the DEFAULT of ON ERROR
 * @param columns of NESTED, else none
 */
public record JsonColumn(
    int token,
    Kind kind,
    @Nullable String name,
    @Nullable TypeName type,
    @Nullable Expression path,
    @Nullable Expression onEmpty,
    @Nullable Expression onError,
    List<JsonColumn> columns)
    implements Node {
  /** Kinds of columns. */
  public enum Kind {
    ORDINALITY,
    REGULAR,
    FORMATTED,
    EXISTS,
    NESTED
  }

  public JsonColumn {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (type != null) {
      each.accept(type);
    }
    if (path != null) {
      each.accept(path);
    }
    if (onEmpty != null) {
      each.accept(onEmpty);
    }
    if (onError != null) {
      each.accept(onError);
    }
    columns.forEach(each);
  }
}
