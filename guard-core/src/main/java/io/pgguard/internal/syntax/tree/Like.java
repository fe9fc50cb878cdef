package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * LIKE, ILIKE, SIMILAR TO. An ESCAPE makes PostgreSQL call a function, like_escape or
 * similar_to_escape.
 *
 * @param token index of the first token
 * @param kind which
 * @param operand of what
 * @param pattern the pattern
 * @param escape ESCAPE
 * @param negated NOT
 */
public record Like(
    int token,
    Kind kind,
    Expression operand,
    Expression pattern,
    @Nullable Expression escape,
    boolean negated)
    implements Expression {
  /** Kinds of matching. */
  public enum Kind {
    LIKE,
    ILIKE,
    SIMILAR
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(operand);
    each.accept(pattern);
    if (escape != null) {
      each.accept(escape);
    }
  }
}
