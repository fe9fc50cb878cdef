package io.pgguard.internal.syntax.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A window frame.
 *
 * @param token index of the first token
 * @param mode its unit
 * @param start where it starts
 * @param startOffset for offsets
 * @param end where it ends
 * @param endOffset for offsets
 * @param exclusion EXCLUDE
 */
public record Frame(
    int token,
    Mode mode,
    Bound start,
    @Nullable Expression startOffset,
    Bound end,
    @Nullable Expression endOffset,
    Exclusion exclusion)
    implements Node {
  /** Units. */
  public enum Mode {
    RANGE,
    ROWS,
    GROUPS
  }

  /** Bounds. */
  public enum Bound {
    UNBOUNDED_PRECEDING,
    OFFSET_PRECEDING,
    CURRENT_ROW,
    OFFSET_FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** Exclusions. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  @Override
  public void children(Consumer<? super Node> each) {
    if (startOffset != null) {
      each.accept(startOffset);
    }
    if (endOffset != null) {
      each.accept(endOffset);
    }
  }
}
