package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * SELECT ... INTO: the query makes a table.
 *
 * @param token index of the first token
 * @param name the new table
 * @param temporary TEMP
 */
public record Into(int token, Name name, boolean temporary) implements Node {
  @Override
  public void children(Consumer<? super Node> each) {
    each.accept(name);
  }
}
