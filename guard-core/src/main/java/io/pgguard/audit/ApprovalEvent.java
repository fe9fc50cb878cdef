package io.pgguard.audit;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step in the life of an approval request. */
public sealed interface ApprovalEvent extends AuditEvent {

  /** The request's id. */
  String approval();

  /**
   * A statement waits for people.
   *
   * @param session the session that asks
   * @param statement the statement's number in it
   * @param needed who must approve: every one of them
   * @param expires when the request ends unanswered
   */
  record ApprovalOpened(
      String approval,
      Instant at,
      String session,
      long statement,
      List<Approvers> needed,
      Instant expires)
      implements ApprovalEvent {
    public ApprovalOpened {
      Objects.requireNonNull(approval, "approval");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(expires, "expires");
      needed = List.copyOf(needed);
    }
  }

  /**
   * A person answered.
   *
   * @param by who
   * @param granted whether the answer is yes
   * @param reason what they wrote, or null
   */
  record ApprovalDecided(
      String approval, Instant at, Principal by, boolean granted, @Nullable String reason)
      implements ApprovalEvent {
    public ApprovalDecided {
      Objects.requireNonNull(approval, "approval");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(by, "by");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }

  /**
   * The grant was used up by a run.
   *
   * @param session the session that runs the statement
   * @param statement the statement's number in it
   */
  record ApprovalRedeemed(String approval, Instant at, String session, long statement)
      implements ApprovalEvent {
    public ApprovalRedeemed {
      Objects.requireNonNull(approval, "approval");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * A person revoked an approval that was used: what ran on it was broken off.
   *
   * @param by who
   * @param reason what they wrote, or null
   */
  record ApprovalRevoked(String approval, Instant at, Principal by, @Nullable String reason)
      implements ApprovalEvent {
    public ApprovalRevoked {
      Objects.requireNonNull(approval, "approval");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(by, "by");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }

  /** The request or its grant ran out of time. */
  record ApprovalExpired(String approval, Instant at) implements ApprovalEvent {
    public ApprovalExpired {
      Objects.requireNonNull(approval, "approval");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }
}
