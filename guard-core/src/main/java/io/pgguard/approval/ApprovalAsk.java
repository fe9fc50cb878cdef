package io.pgguard.approval;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Decision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a session wants approved. Immutable.
 *
 * @param session the session's id
 * @param principal who asks
 * @param database the database that it would run in
 * @param text the exact text
 * @param values the values as a person may read them, in order, NULL as {@code NULL}
 * @param meaning a fingerprint of what the text's names stand for
 * @param digest what binds an approval to all of it
 * @param decision why approval is needed, and whose
 * @param intent why the agent asks, in its own words, or null
 */
public record ApprovalAsk(
    String session,
    Principal principal,
    String database,
    String text,
    List<String> values,
    String meaning,
    StatementDigest digest,
    Decision.RequireApproval decision,
    @Nullable String intent) {
  public ApprovalAsk {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(text, "text");
    values = List.copyOf(values);
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(decision, "decision");
  }
}
