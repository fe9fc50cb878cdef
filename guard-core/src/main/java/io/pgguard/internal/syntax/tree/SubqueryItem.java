package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subquery in FROM.
 *
 * @param token index of the first token
 * @param lateral LATERAL
 * @param query the query
 * @param alias AS; optional since PostgreSQL 16
 */
public record SubqueryItem(int token, boolean lateral, Query query, @Nullable Alias alias)
    implements FromItem {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(query);
    if (alias != null) {
      each.accept(alias);
    }
  }
}
