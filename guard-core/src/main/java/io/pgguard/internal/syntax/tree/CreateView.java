package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * CREATE VIEW.
 *
 * @param token index of the first token
 * @param name the new view
 * @param replace OR REPLACE
 * @param temporary TEMP
 * @param recursive RECURSIVE: the query may name the view itself
 * @param columns column names; perhaps fewer than outputs
 * @param options WITH ( )
 * @param query its query
 */
public record CreateView(
    int token,
    Name name,
    boolean replace,
    boolean temporary,
    boolean recursive,
    List<String> columns,
    List<Option> options,
    Query query)
    implements Statement {
  public CreateView {
    columns = List.copyOf(columns);
    options = List.copyOf(options);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
    options.forEach(each);
    each.accept(query);
  }
}
