package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * A locking clause.
 *
 * @param token index of the first token
 * @param strength how strong
 * @param relations OF; empty for all
 * @param whenLocked what to do when locked
 */
public record Locking(int token, Strength strength, List<Name> relations, Wait whenLocked)
    implements Node {
  /** Lock strengths. */
  public enum Strength {
    UPDATE,
    NO_KEY_UPDATE,
    SHARE,
    KEY_SHARE
  }

  /** What to do when a row is locked. */
  public enum Wait {
    BLOCK,
    SKIP_LOCKED,
    NOWAIT
  }

  public Locking {
    relations = List.copyOf(relations);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    relations.forEach(each);
  }
}
