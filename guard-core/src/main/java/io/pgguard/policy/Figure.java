package io.pgguard.policy;

/** A figure about a statement that only the server can tell. */
public enum Figure {
  /** How many rows it would change. */
  AFFECTED_ROWS,
  /** How many rows the planner expects it to bring. */
  ESTIMATED_ROWS,
  /** The planner's total cost. */
  ESTIMATED_COST
}
