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
 * @param approvalRequestId the request that people were asked by, or null
 * @param trial what the server finds wrong by itself, if anything, is told instead; or null
 * @param held whether the same statement may run later as it is: people have not decided yet, or
 *     can be asked anew; not where they said no
 * @param rule the rule that spoke first, or null where it was none of the policy's
 */
public record Refusal(
    String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String approvalRequestId,
    @Nullable Trial trial,
    boolean held,
    @Nullable String rule) {
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
    this(sqlState, message, detail, hint, approvalRequestId, null, false, null);
  }

  /** The same, unless the server finds the client's own mistake. */
  Refusal unless(Trial found) {
    return new Refusal(sqlState, message, detail, hint, approvalRequestId, found, held, rule);
  }

  /** The same, by a rule of the policy. */
  Refusal by(String rule) {
    return new Refusal(sqlState, message, detail, hint, approvalRequestId, trial, held, rule);
  }

  /**
   * The end of a result whose meaning others changed after it had been decided on. The same
   * statement is decided anew when it is run again.
   */
  public static final Refusal CHANGED = of(SessionWording.NAMES_CHANGED.say());

  /** A refusal in words of the catalog. */
  public static Refusal of(Said said) {
    return of(said, said.sqlState());
  }

  /** A refusal in words of the catalog, with a SQLSTATE that another gave. */
  public static Refusal of(Said said, String sqlState) {
    return new Refusal(sqlState, said.message(), said.detail(), said.hint(), null);
  }

  /** A refusal that holds until people have decided. */
  static Refusal held(Said said, String approvalRequestId) {
    return asked(said, approvalRequestId, true);
  }

  /** A refusal by the people who were asked. */
  static Refusal turnedDown(Said said, String approvalRequestId) {
    return asked(said, approvalRequestId, false);
  }

  private static Refusal asked(Said said, String approvalRequestId, boolean held) {
    return new Refusal(
        said.sqlState(),
        said.message(),
        said.detail(),
        said.hint(),
        approvalRequestId,
        null,
        held,
        null);
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
