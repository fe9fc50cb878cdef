package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A set operation. A chain of the same operation is one node and reads from left to right: {@code a
 * EXCEPT b EXCEPT c} is {@code (a EXCEPT b) EXCEPT c}.
 *
 * @param token index of the first token
 * @param kind which
 * @param all ALL
 * @param branches two or more
 */
public record SetOperation(int token, Kind kind, boolean all, List<Query> branches)
    implements QueryBody {
  /** The set operations. */
  public enum Kind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  public SetOperation {
    branches = List.copyOf(branches);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    branches.forEach(each);
  }
}
