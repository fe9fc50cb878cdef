package io.pgguard.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guard refused a statement. The message tells what was refused, by which rule, and what to do
 * instead; to run it again as it is does not help. One that waits for people is a {@link
 * StatementHeldException}. Inside a transaction it fails the transaction, as any failed statement
 * does. In a batch it is the cause of the {@link java.sql.BatchUpdateException}.
 */
public final class StatementRefusedException extends SQLException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String rule;
  private final @Nullable String approvalRequestId;

  /**
   * @param message what the server's client would see, refusal, detail and hint
   * @param sqlState 42501 unless something else is the matter than the policy
   * @param rule the rule that refused first, or null where it was none
   * @param approvalRequestId the request that people refused, or null where nobody was asked
   * @param cause the driver's exception
   */
  public StatementRefusedException(
      String message,
      String sqlState,
      @Nullable String rule,
      @Nullable String approvalRequestId,
      Throwable cause) {
    super(message, sqlState, cause);
    this.rule = rule;
    this.approvalRequestId = approvalRequestId;
  }

  /** The rule that refused first: one of the policy's, or one of Guard's own ({@code guard...}). */
  public Optional<String> rule() {
    return Optional.ofNullable(rule);
  }

  /** The approval request that people refused; empty where nobody was asked. */
  public Optional<String> approvalRequestId() {
    return Optional.ofNullable(approvalRequestId);
  }
}
