package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT. An empty target list is legal.
 *
 * @param token index of the first token
 * @param distinct DISTINCT or DISTINCT ON; null for ALL
 * @param targets the output list, perhaps empty
 * @param into INTO
 * @param from FROM
 * @param where WHERE
 * @param groupBy GROUP BY
 * @param having HAVING
 * @param windows WINDOW, each with its name
 */
public record Select(
    int token,
    @Nullable Distinct distinct,
    List<Target> targets,
    @Nullable Into into,
    List<FromItem> from,
    @Nullable Expression where,
    @Nullable GroupBy groupBy,
    @Nullable Expression having,
    List<WindowSpec> windows)
    implements QueryBody {
  public Select {
    targets = List.copyOf(targets);
    from = List.copyOf(from);
    windows = List.copyOf(windows);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (distinct != null) {
      each.accept(distinct);
    }
    targets.forEach(each);
    if (into != null) {
      each.accept(into);
    }
    from.forEach(each);
    if (where != null) {
      each.accept(where);
    }
    if (groupBy != null) {
      each.accept(groupBy);
    }
    if (having != null) {
      each.accept(having);
    }
    windows.forEach(each);
  }
}
