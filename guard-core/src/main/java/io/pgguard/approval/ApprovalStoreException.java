package io.pgguard.approval;

/**
 * The store of approvals cannot be reached or read. Its message is fit for logs and clients; a
 * database's own words are not among its causes, since they may hold what was stored.
 */
public final class ApprovalStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed. */
  public ApprovalStoreException(String message) {
    super(message);
  }
}
