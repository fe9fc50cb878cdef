package io.pgguard.approval;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The leave to run one statement once. Immutable and thread-safe.
 *
 * @param requestId the request that it answers
 * @param digest what it is bound to
 * @param approvals who gave it
 * @param grantedAt when the last needed approval came
 * @param expiresAt when it ends: at the request's own expiry at the latest
 */
public record ApprovalGrant(
    String requestId,
    StatementDigest digest,
    List<Vote> approvals,
    Instant grantedAt,
    Instant expiresAt) {
  public ApprovalGrant {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(digest, "digest");
    approvals = List.copyOf(approvals);
    Objects.requireNonNull(grantedAt, "grantedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
