package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query. Parentheses around a query leave no trace: PostgreSQL merges the clauses that stand
 * outside into the query inside, and refuses one that is given twice; so does this tree. {@code
 * TABLE x} is {@code SELECT * FROM x}.
 *
 * @param token index of the first token
 * @param with the WITH clause
 * @param body what is computed
 * @param orderBy ORDER BY
 * @param limit LIMIT or FETCH; null for none or LIMIT ALL
 * @param offset OFFSET
 * @param withTies FETCH ... WITH TIES
 * @param locking FOR UPDATE and its kin
 */
public record Query(
    int token,
    @Nullable With with,
    QueryBody body,
    List<SortKey> orderBy,
    @Nullable Expression limit,
    @Nullable Expression offset,
    boolean withTies,
    List<Locking> locking)
    implements Statement {
  public Query {
    orderBy = List.copyOf(orderBy);
    locking = List.copyOf(locking);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (with != null) {
      each.accept(with);
    }
    each.accept(body);
    orderBy.forEach(each);
    if (limit != null) {
      each.accept(limit);
    }
    if (offset != null) {
      each.accept(offset);
    }
    locking.forEach(each);
  }
}
