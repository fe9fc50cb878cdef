package io.pgguard.approval;

import io.pgguard.identity.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose word counts on which request, and when. */
final class ApprovalRules {
  private ApprovalRules() {}

  /** Why an approval does not count, or null where it does. */
  static Answer.@Nullable NotCounted check(ApprovalCase one, Principal by, Instant now) {
    Answer.NotCounted over = isOver(one, now);
    if (over != null) {
      return over;
    }
    if (one.grant() != null) {
      return no(one, Answer.Reason.ALREADY_GRANTED, "has all the approvals it needs");
    }
    if (by.agent() != null || by.service() != null) {
      return no(one, Answer.Reason.NOT_AN_APPROVER, "waits for a person, not for an agent");
    }
    if (Person.same(by, one.request().principal())) {
      return no(one, Answer.Reason.OWN_REQUEST, "is your own: somebody else must approve it");
    }
    if (!isApprover(one, by)) {
      return no(
          one,
          Answer.Reason.NOT_AN_APPROVER,
          "is not for " + by.subject() + "'s groups to approve");
    }
    if (one.approvals().stream().anyMatch(v -> Person.same(v.by(), by))) {
      return no(
          one, Answer.Reason.ALREADY_APPROVED, "has your approval already: one person counts once");
    }
    return null;
  }

  /** Why a refusal does not count, or null where it does. */
  static Answer.@Nullable NotCounted checkRefusal(ApprovalCase one, Principal by, Instant now) {
    Answer.NotCounted over = isOver(one, now);
    if (over != null) {
      return over;
    }
    return isApprover(one, by) || Person.same(by, one.request().principal())
        ? null
        : no(
            one,
            Answer.Reason.NOT_AN_APPROVER,
            "is not for " + by.subject() + "'s groups to refuse");
  }

  /** Why a used approval is not revoked, or null where it is. */
  static Answer.@Nullable NotCounted checkRevocation(ApprovalCase one, Principal by) {
    if (one.revocation() != null) {
      return no(one, Answer.Reason.REFUSED, "was revoked before");
    }
    return isApprover(one, by) || Person.same(by, one.request().principal())
        ? null
        : no(
            one,
            Answer.Reason.NOT_AN_APPROVER,
            "is not for " + by.subject() + "'s groups to revoke");
  }

  private static boolean isApprover(ApprovalCase one, Principal by) {
    return one.request().needed().stream().anyMatch(needed -> ApproverCount.mayApprove(needed, by));
  }

  private static Answer.@Nullable NotCounted isOver(ApprovalCase one, Instant now) {
    return switch (one.status(now)) {
      case USED -> no(one, Answer.Reason.USED, "was approved and has been used: it ran once");
      case REFUSED -> no(one, Answer.Reason.REFUSED, "was refused, and that is final");
      case EXPIRED -> no(one, Answer.Reason.EXPIRED, "expired at " + one.endsAt() + ": ask again");
      case PENDING, GRANTED -> null;
    };
  }

  private static Answer.NotCounted no(ApprovalCase one, Answer.Reason reason, String what) {
    return new Answer.NotCounted(reason, "request " + one.request().id() + " " + what);
  }
}
