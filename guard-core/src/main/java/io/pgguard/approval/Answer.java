package io.pgguard.approval;

import io.pgguard.policy.Approvers;
import java.util.List;

/** What became of a person's word on a request. */
public sealed interface Answer {

  /** It was the last one needed: the statement may run once. */
  record Granted(ApprovalGrant grant) implements Answer {}

  /**
   * It counts, and more are needed.
   *
   * @param missing who is still needed
   */
  record Counted(ApprovalRequest request, List<Approvers> missing) implements Answer {
    public Counted {
      missing = List.copyOf(missing);
    }
  }

  /** The request is refused for good. */
  record Refused(ApprovalRequest request) implements Answer {}

  /** The approval was used; what still runs on it is broken off. */
  record Revoked(ApprovalRequest request) implements Answer {}

  /** It does not count. */
  record NotCounted(Reason reason, String message) implements Answer {}

  /** Why a word does not count. */
  enum Reason {
    UNKNOWN_REQUEST,
    OWN_REQUEST,
    NOT_AN_APPROVER,
    ALREADY_APPROVED,
    ALREADY_GRANTED,
    REFUSED,
    USED,
    EXPIRED
  }
}
