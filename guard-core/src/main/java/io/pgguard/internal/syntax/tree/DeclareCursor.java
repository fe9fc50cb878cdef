package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * DECLARE CURSOR.
 *
 * @param token index of the first token
 * @param name its name
 * @param binary BINARY
 * @param hold WITH HOLD
 * @param query its query
 */
public record DeclareCursor(int token, String name, boolean binary, boolean hold, Query query)
    implements Statement {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(query);
  }
}
