package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * CREATE TABLE AS, CREATE MATERIALIZED VIEW.
 *
 * @param token index of the first token
 * @param name the new relation
 * @param materializedView a materialized view
 * @param temporary TEMP
 * @param ifNotExists IF NOT EXISTS
 * @param columns column names; perhaps fewer than outputs
 * @param source a {@link Query} or {@link Execute}
 * @param withData unless WITH NO DATA
 */
public record CreateTableAs(
    int token,
    Name name,
    boolean materializedView,
    boolean temporary,
    boolean ifNotExists,
    List<String> columns,
    Statement source,
    boolean withData)
    implements Statement {
  public CreateTableAs {
    columns = List.copyOf(columns);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
    each.accept(source);
  }
}
