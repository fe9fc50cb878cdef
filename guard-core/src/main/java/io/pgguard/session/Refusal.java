package io.pgguard.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a statement does not run, in words that a model can act on.
 *
 * @param sqlState 42501 unless something else is the matter than the policy
 * @param message what was refused and by which rule
 * @param detail more, or null
 * @param hint what would be allowed or whom to ask, or null
 * @param approvalRequestId the request that a person can still answer, or null
 */
public record Refusal(
    String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String approvalRequestId) {
  public Refusal {
    Objects.requireNonNull(sqlState, "sqlState");
    Objects.requireNonNull(message, "message");
  }

  /** As the server would send it. */
  public ServerMessage asServerMessage() {
    return ServerMessage.error(sqlState, message, detail, hint);
  }
}
