package io.pgguard.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request with what became of it so far. Immutable and thread-safe; every step makes a new one
 * with the next version.
 *
 * @param request the request
 * @param approvals who has approved, in order
 * @param grant the grant once all needed have approved, or null
 * @param refusal who refused, or null
 * @param usedAt when the grant was used, or null
 * @param revocation who revoked it after it was used, or null: what runs on it is broken off
 * @param version how many steps came before
 */
public record ApprovalCase(
    ApprovalRequest request,
    List<Vote> approvals,
    @Nullable ApprovalGrant grant,
    @Nullable Vote refusal,
    @Nullable Instant usedAt,
    @Nullable Vote revocation,
    int version) {
  public ApprovalCase {
    Objects.requireNonNull(request, "request");
    approvals = List.copyOf(approvals);
  }

  /** How a request stands. */
  public enum Status {
    PENDING,
    GRANTED,
    REFUSED,
    USED,
    EXPIRED
  }

  static ApprovalCase opened(ApprovalRequest request) {
    return new ApprovalCase(request, List.of(), null, null, null, null, 0);
  }

  /** How it stands at a time. What was used or refused stays so; all else expires. */
  public Status status(Instant now) {
    if (usedAt != null) {
      return Status.USED;
    }
    if (refusal != null) {
      return Status.REFUSED;
    }
    if (!now.isBefore(endsAt())) {
      return Status.EXPIRED;
    }
    return grant == null ? Status.PENDING : Status.GRANTED;
  }

  /** Whether who asked has taken it back: then nobody has said no. */
  public boolean takenBack() {
    return refusal != null && Person.same(refusal.by(), request.principal());
  }

  ApprovalCase approved(Vote vote) {
    List<Vote> votes = new ArrayList<>(approvals);
    votes.add(vote);
    ApprovalGrant granted =
        ApproverCount.of(request.needed(), votes).isEnough()
            ? new ApprovalGrant(request.id(), request.digest(), votes, vote.at(), useBy(vote.at()))
            : null;
    return new ApprovalCase(request, votes, granted, null, null, null, version + 1);
  }

  private Instant useBy(Instant granted) {
    Instant useBy = granted.plus(request.useWithin());
    return useBy.isBefore(request.expiresAt()) ? useBy : request.expiresAt();
  }

  /** From when on it can neither be approved nor used. */
  public Instant endsAt() {
    return grant == null ? request.expiresAt() : grant.expiresAt();
  }

  ApprovalCase refused(Vote vote) {
    return new ApprovalCase(request, approvals, null, vote, null, null, version + 1);
  }

  ApprovalCase used(Instant at) {
    return new ApprovalCase(request, approvals, grant, null, at, null, version + 1);
  }

  ApprovalCase revoked(Vote vote) {
    return new ApprovalCase(request, approvals, grant, null, usedAt, vote, version + 1);
  }
}
