package io.pgguard.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guard refused a statement, or holds it for a person's approval. The message tells what was
 * refused, by which rule, and what to do instead. Inside a transaction it fails the transaction, as
 * any failed statement does.
 */
public final class StatementRefusedException extends SQLException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String approvalRequestId;

  /**
   * @param message what the server's client would see, refusal, detail and hint
   * @param sqlState 42501 unless something else is the matter than the policy
   * @param approvalRequestId the request that a person can still answer, or null
   * @param cause the driver's exception
   */
  public StatementRefusedException(
      String message, String sqlState, @Nullable String approvalRequestId, Throwable cause) {
    super(message, sqlState, cause);
    this.approvalRequestId = approvalRequestId;
  }

  /** The approval request that waits: run the same statement again after it was granted. */
  public Optional<String> approvalRequestId() {
    return Optional.ofNullable(approvalRequestId);
  }
}
