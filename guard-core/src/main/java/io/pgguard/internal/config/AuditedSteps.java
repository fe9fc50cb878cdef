package io.pgguard.internal.config;

import io.pgguard.approval.ApprovalEvent;
import io.pgguard.approval.ApprovalListener;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.audit.AuditEvent;
import io.pgguard.audit.AuditLog;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyError;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicySource;
import io.pgguard.policy.PolicyWarnings;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every step of approvals and policies into the audit log before it takes effect. Thread-safe.
 */
public final class AuditedSteps implements ApprovalListener, PolicySource.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedSteps.class);

  private final AuditLog audit;
  private final InstantSource clock;

  public AuditedSteps(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public void happened(ApprovalEvent event) {
    if (event instanceof ApprovalEvent.Opened opened) {
      ApprovalRequest request = opened.request();
      audit.append(
          new io.pgguard.audit.ApprovalEvent.ApprovalOpened(
              request.id(),
              opened.at(),
              request.session(),
              0,
              request.needed(),
              request.expiresAt()));
    } else if (event instanceof ApprovalEvent.Approved approved) {
      audit.append(
          new io.pgguard.audit.ApprovalEvent.ApprovalDecided(
              approved.requestId(),
              approved.at(),
              approved.vote().by(),
              true,
              approved.vote().comment()));
    } else if (event instanceof ApprovalEvent.Refused refused) {
      audit.append(
          new io.pgguard.audit.ApprovalEvent.ApprovalDecided(
              refused.requestId(),
              refused.at(),
              refused.vote().by(),
              false,
              refused.vote().comment()));
    } else if (event instanceof ApprovalEvent.Revoked revoked) {
      audit.append(
          new io.pgguard.audit.ApprovalEvent.ApprovalRevoked(
              revoked.requestId(), revoked.at(), revoked.vote().by(), revoked.vote().comment()));
    } else if (event instanceof ApprovalEvent.Redeemed redeemed) {
      audit.append(
          new io.pgguard.audit.ApprovalEvent.ApprovalRedeemed(
              redeemed.requestId(), redeemed.at(), redeemed.session(), redeemed.statement()));
    }
  }

  /** Tells the operator what of a policy may not be what was meant. */
  public static void warn(Policy policy) {
    PolicyWarnings.of(policy).forEach(each -> LOG.warn("the policy: {}", each));
  }

  @Override
  public void loaded(Policy policy) {
    warn(policy);
    audit.append(new AuditEvent.PolicyLoaded(clock.instant(), policy.hash(), policy.source()));
  }

  @Override
  public void failed(PolicyException error, Policy inForce) {
    audit.append(
        new AuditEvent.PolicyRejected(
            clock.instant(),
            inForce.source(),
            error.errors().stream().map(PolicyError::toString).toList()));
  }
}
