package io.pgguard.approval;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its values that waits for people. Immutable and thread-safe.
 *
 * @param id unique; not to be guessed
 * @param session the session that asked first
 * @param principal who asks
 * @param database the database that it would run in
 * @param text the exact text
 * @param values the values as a person may read them, in order
 * @param meaning a fingerprint of what the text's names stand for
 * @param digest what binds an approval to all of it
 * @param verdicts what the rules said
 * @param needed who must approve: every one of them, and nobody counts twice
 * @param intent why the agent asks, in its own words, or null
 * @param createdAt when it was opened
 * @param expiresAt from when on it can neither be approved nor used; never moved
 * @param useWithin how long an approval may be used, from when it was given
 */
public record ApprovalRequest(
    String id,
    String session,
    Principal principal,
    String database,
    String text,
    List<String> values,
    String meaning,
    StatementDigest digest,
    List<Verdict> verdicts,
    List<Approvers> needed,
    @Nullable String intent,
    Instant createdAt,
    Instant expiresAt,
    Duration useWithin) {
  public ApprovalRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(text, "text");
    values = List.copyOf(values);
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(digest, "digest");
    verdicts = List.copyOf(verdicts);
    needed = List.copyOf(needed);
    if (needed.isEmpty()) {
      throw new IllegalArgumentException("a request needs somebody who must approve it");
    }
    Objects.requireNonNull(useWithin, "useWithin");
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a request must expire after it was opened");
    }
  }

  /**
   * What all spellings of the name share of the person behind it, or of the account where no person
   * is known: so its waiting requests are counted.
   */
  public String personKey() {
    String person = principal.person();
    return Person.key(person == null ? principal.subject() : person);
  }

  /** Whether it has expired. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
