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

  /**
   * The end of a result whose meaning others changed after it had been decided on. The same
   * statement is decided anew when it is run again.
   */
  public static final Refusal CHANGED =
      new Refusal(
          "0A000",
          "what this statement names was changed by another session while it was on its way",
          "No row was delivered: they could have been other columns than those that were decided on.",
          "Run it again; Guard decides by what the names mean now.",
          null);

  /** As the server would send it. */
  public ServerMessage asServerMessage() {
    ServerMessage error = ServerMessage.error(sqlState, message, detail, hint);
    return this == CHANGED ? error.with('R', SERVERS_OWN) : error;
  }

  /**
   * The routine in which PostgreSQL itself finds that a prepared statement no longer means what it
   * did: by its name drivers know that they may prepare the statement anew and run it again.
   */
  private static final String SERVERS_OWN = "RevalidateCachedQuery";
}
