package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;

/**
 * A part of a syntax tree. Nodes are immutable values and safe for use by many threads. A tree is
 * never deeper than the parser's bound, so that a recursive walk does not exhaust the stack.
 */
public interface Node {
  /** Index of the node's first token among the tokens that were parsed. */
  int token();

  /** Hands over every direct child, in the order of the node's components. */
  void children(Consumer<? super Node> each);

  /** Hands over this node and everything below it, parents before children. */
  default void walk(Consumer<? super Node> each) {
    each.accept(this);
    children(child -> child.walk(each));
  }
}
