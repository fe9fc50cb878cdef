package io.pgguard.statement;

/**
 * How far UPDATE and DELETE are narrowed; from mild to severe, so that the worst is the largest.
 */
public enum WhereClause {
  /** The statement updates and deletes nothing. */
  NOT_APPLICABLE,
  /** There is a condition, and it may depend on the data. */
  PRESENT,
  /** There is a condition, but every row (or every row without a NULL) meets it. */
  CONSTANT,
  /** There is no condition. */
  MISSING;

  /** The worse of two. */
  WhereClause and(WhereClause other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
