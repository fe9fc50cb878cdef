package io.pgguard.lineage;

/** How a column reaches a result. Ordered from the least to the most that it tells. */
public enum Flow {
  /**
   * It only decides which rows or values appear: WHERE, JOIN, GROUP BY, ORDER BY, CASE conditions.
   */
  INFLUENCE,
  /**
   * The value is computed from it: concatenation, substring, cast, aggregate that returns values.
   */
  DERIVE,
  /** The value is the column's own. */
  COPY
}
