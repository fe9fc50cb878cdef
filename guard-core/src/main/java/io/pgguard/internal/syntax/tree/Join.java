package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A join.
 *
 * @param token index of the first token
 * @param kind which
 * @param natural NATURAL
 * @param left left side
 * @param right right side
 * @param using USING columns, else none
 * @param usingAlias {@code USING (...) AS alias}
 * @param on ON
 * @param alias the alias of the join in parentheses; it hides what is inside
 */
public record Join(
    int token,
    Kind kind,
    boolean natural,
    FromItem left,
    FromItem right,
    List<String> using,
    @Nullable Alias usingAlias,
    @Nullable Expression on,
    @Nullable Alias alias)
    implements FromItem {
  /** Kinds of joins; {@code JOIN} is INNER. */
  public enum Kind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    CROSS
  }

  public Join {
    using = List.copyOf(using);
  }

  /** The same join with an alias around it. */
  public Join withAlias(Alias given) {
    return new Join(token, kind, natural, left, right, using, usingAlias, on, given);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(left);
    each.accept(right);
    if (usingAlias != null) {
      each.accept(usingAlias);
    }
    if (on != null) {
      each.accept(on);
    }
    if (alias != null) {
      each.accept(alias);
    }
  }
}
