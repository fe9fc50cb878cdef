package io.pgguard.session;

/**
 * What Guard knows of a text before any value is bound: its analysis and what the policy says of
 * it. Immutable, shared between sessions, valid for one catalog snapshot and one policy. Edges pass
 * it back and look no further.
 */
public interface StatementPlan {

  /** The text, exactly. */
  String text();

  /** What is sent to the server: the text, in which masks may stand in place of columns. */
  default String sent() {
    return text();
  }

  /** How many statements the text has; 0 for an empty text. */
  int statements();

  /** Whether the policy refuses it, whatever the values and whoever would approve. */
  default boolean denied() {
    return false;
  }

  /**
   * Whether it may change what names in later texts stand for, so that a text behind it can be
   * judged only once it has ended.
   */
  default boolean changesNames() {
    return false;
  }

  /** Whether it runs only once people have approved. */
  default boolean awaitsApproval() {
    return false;
  }
}
