package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A type.
 *
 * @param token index of the first token
 * @param name as written; SQL's own names become pg_catalog's, as {@code pg_catalog.int4}
 * @param setOf SETOF
 * @param columnType %TYPE: the name is a column's
 * @param modifiers in parentheses; none if none
 * @param dimensions array dimensions
 * @param fields of interval, such as {@code year to month}; else empty
 */
public record TypeName(
    int token,
    Name name,
    boolean setOf,
    boolean columnType,
    List<Expression> modifiers,
    int dimensions,
    String fields)
    implements Node {
  public TypeName {
    modifiers = List.copyOf(modifiers);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
    modifiers.forEach(each);
  }
}
