package io.pgguard.jdbc;

import java.sql.SQLTransientException;

/**
 * Guard holds a statement until people have approved it. Nothing of it was run; the same statement
 * with the same values runs once the request was granted, so it may be tried again. Inside a
 * transaction it fails the transaction, as any failed statement does. In a batch it is the cause of
 * the {@link java.sql.BatchUpdateException}.
 */
public final class StatementHeldException extends SQLTransientException {
  private static final long serialVersionUID = 1L;
  private final String approvalRequestId;

  /**
   * @param message what the server's client would see, refusal, detail and hint
   * @param sqlState as the server's client would see it
   * @param approvalRequestId the request that waits
   * @param cause the driver's exception
   */
  public StatementHeldException(
      String message, String sqlState, String approvalRequestId, Throwable cause) {
    super(message, sqlState, cause);
    this.approvalRequestId = approvalRequestId;
  }

  /** The approval request that waits: run the same statement again after it was granted. */
  public String approvalRequestId() {
    return approvalRequestId;
  }
}
