package io.pgguard.statement;

/** Which transaction statement it is. */
public enum TransactionAction {
  /** BEGIN or START TRANSACTION. */
  BEGIN,
  /** COMMIT or END. */
  COMMIT,
  /** ROLLBACK or ABORT. */
  ROLLBACK,
  SAVEPOINT,
  RELEASE,
  ROLLBACK_TO,
  PREPARE,
  COMMIT_PREPARED,
  ROLLBACK_PREPARED;

  /** Whether it belongs to two-phase commit, which outlives the session. */
  public boolean twoPhase() {
    return this == PREPARE || this == COMMIT_PREPARED || this == ROLLBACK_PREPARED;
  }
}
