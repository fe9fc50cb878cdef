package io.pgguard.session;

import io.pgguard.wording.Said;
import io.pgguard.wording.SessionWording;
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
 * @param trial what the server finds wrong by itself, if anything, is told instead; or null
 */
public record Refusal(
    String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String approvalRequestId,
    @Nullable Trial trial) {
  public Refusal {
    Objects.requireNonNull(sqlState, "sqlState");
    Objects.requireNonNull(message, "message");
  }

  public Refusal(
      String sqlState,
      String message,
      @Nullable String detail,
      @Nullable String hint,
      @Nullable String approvalRequestId) {
    this(sqlState, message, detail, hint, approvalRequestId, null);
  }

  /** The same, unless the server finds the client's own mistake. */
  Refusal unless(Trial found) {
    return new Refusal(sqlState, message, detail, hint, approvalRequestId, found);
  }

  /**
   * The end of a result whose meaning others changed after it had been decided on. The same
   * statement is decided anew when it is run again.
   */
  public static final Refusal CHANGED = of(SessionWording.NAMES_CHANGED.say());

  /** A refusal in words of the catalog. */
  public static Refusal of(Said said) {
    return of(said, said.sqlState(), null);
  }

  /** A refusal in words of the catalog, with a SQLSTATE that another gave. */
  public static Refusal of(Said said, String sqlState) {
    return of(said, sqlState, null);
  }

  /** A refusal that a person can still answer. */
  static Refusal answerable(Said said, String approvalRequestId) {
    return of(said, said.sqlState(), approvalRequestId);
  }

  private static Refusal of(Said said, String sqlState, @Nullable String approvalRequestId) {
    return new Refusal(sqlState, said.message(), said.detail(), said.hint(), approvalRequestId);
  }

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
