package io.pgguard.approval;

import io.pgguard.identity.Principal;
import java.time.Instant;

/** A step in the life of a request. Told before it takes effect. */
public sealed interface ApprovalEvent {
  /** The request that it is about. */
  String requestId();

  /** When. */
  Instant at();

  /** A request was opened. */
  record Opened(ApprovalRequest request, Instant at) implements ApprovalEvent {
    @Override
    public String requestId() {
      return request.id();
    }
  }

  /** The same statement was asked for again. */
  record Joined(String requestId, String session, Instant at) implements ApprovalEvent {}

  /** A person approved; {@code complete} when it was the last one needed. */
  record Approved(String requestId, Vote vote, boolean complete, Instant at)
      implements ApprovalEvent {}

  /** A person refused. */
  record Refused(String requestId, Vote vote, Instant at) implements ApprovalEvent {}

  /** A person revoked an approval that was used already. */
  record Revoked(String requestId, Vote vote, Instant at) implements ApprovalEvent {}

  /** A person's word did not count. */
  record NotCounted(
      String requestId, Principal by, Answer.Reason reason, String message, Instant at)
      implements ApprovalEvent {}

  /** The approval was used, by a session for its statement of that number. */
  record Redeemed(String requestId, ApprovalGrant grant, String session, long statement, Instant at)
      implements ApprovalEvent {}
}
