package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function call, also those written in SQL's own syntax, such as EXTRACT, under the name that
 * PostgreSQL gives them.
 *
 * @param token index of the first token
 * @param name as written, or {@code pg_catalog.x} for special syntax
 * @param arguments its arguments
 * @param star {@code f(*)}
 * @param distinct DISTINCT
 * @param variadic the last argument is VARIADIC
 * @param orderBy ORDER BY inside, or of WITHIN GROUP
 * @param withinGroup the order is WITHIN GROUP's: its expressions are arguments
 * @param filter FILTER
 * @param ignoreNulls IGNORE NULLS (PostgreSQL 19)
 * @param over OVER
 * @param special came from special syntax
 */
public record FunctionCall(
    int token,
    Name name,
    List<Argument> arguments,
    boolean star,
    boolean distinct,
    boolean variadic,
    List<SortKey> orderBy,
    boolean withinGroup,
    @Nullable Expression filter,
    boolean ignoreNulls,
    @Nullable WindowSpec over,
    boolean special)
    implements Expression {
  public FunctionCall {
    arguments = List.copyOf(arguments);
    orderBy = List.copyOf(orderBy);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
    arguments.forEach(each);
    orderBy.forEach(each);
    if (filter != null) {
      each.accept(filter);
    }
    if (over != null) {
      each.accept(over);
    }
  }
}
