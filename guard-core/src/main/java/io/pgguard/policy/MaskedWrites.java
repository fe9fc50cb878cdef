package io.pgguard.policy;

/** What becomes of a masked value that a client writes back to the column that it came from. */
public enum MaskedWrites {
  /** The statement is refused: it would replace the stored value by its mask. */
  REFUSE,
  /** It is stored as it is. */
  ALLOW
}
