package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * COPY.
 *
 * @param token index of the first token
 * @param relation the relation; null for a statement
 * @param columns the columns; none for all
 * @param statement {@code COPY (statement) TO}
 * @param from FROM: data goes into the relation
 * @param place where data comes from or goes to
 * @param target a file's name or a program; empty for the client
 * @param options options of either form
 * @param where WHERE of COPY FROM
 */
public record Copy(
    int token,
    @Nullable Name relation,
    List<String> columns,
    @Nullable Statement statement,
    boolean from,
    Place place,
    String target,
    List<Option> options,
    @Nullable Expression where)
    implements Statement {
  /** Where data comes from or goes to. */
  public enum Place {
    CLIENT,
    FILE,
    PROGRAM
  }

  public Copy {
    columns = List.copyOf(columns);
    options = List.copyOf(options);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (relation != null) {
      each.accept(relation);
    }
    if (statement != null) {
      each.accept(statement);
    }
    options.forEach(each);
    if (where != null) {
      each.accept(where);
    }
  }
}
