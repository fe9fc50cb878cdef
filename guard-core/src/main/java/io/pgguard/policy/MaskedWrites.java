package io.pgguard.policy;

import java.util.List;

/** What becomes of a masked value that a client writes back to the column that it came from. */
public enum MaskedWrites {
  /** The statement is refused: it would replace the stored value by its mask. */
  REFUSE,
  /**
   * Where the statement changes one row by its key, the column keeps the value that the row holds,
   * and the rest of it is done; else it is refused.
   */
  KEEP,
  /** It is stored as it is. */
  ALLOW;

  /** Their words in a policy, in order. */
  static final List<String> WORDS = List.of("refuse", "keep", "allow");
}
