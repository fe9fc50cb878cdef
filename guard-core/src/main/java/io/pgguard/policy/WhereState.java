package io.pgguard.policy;

/** Whether a statement that changes rows picks them by a WHERE clause that means something. */
public enum WhereState {
  /** It is no UPDATE or DELETE. */
  NOT_APPLICABLE,
  /** There is none, or it is true whatever the row. */
  MISSING,
  /** There is one. */
  PRESENT
}
