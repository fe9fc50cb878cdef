package io.pgguard.session;

import io.pgguard.approval.Approvals;
import io.pgguard.audit.AuditLog;
import io.pgguard.guess.Guesses;
import io.pgguard.identity.DenyList;
import io.pgguard.mask.MaskKey;
import io.pgguard.policy.PolicySource;
import io.pgguard.recording.Recorder;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every session of one Guard uses. Thread-safe as its parts are.
 *
 * @param policy the policy in force
 * @param approvals requests and grants
 * @param audit the audit log
 * @param recorder where sessions are recorded
 * @param maskKey the key of hash masks, or null
 * @param guesses counts what protected columns are compared with
 * @param denied who and what is revoked
 * @param patience how long a session waits for people
 * @param clock the time
 * @param version Guard's version
 * @param environment labels of the servers that say none of their own
 */
public record SessionServices(
    PolicySource policy,
    Approvals approvals,
    AuditLog audit,
    Recorder recorder,
    @Nullable MaskKey maskKey,
    Guesses guesses,
    DenyList denied,
    Patience patience,
    InstantSource clock,
    String version,
    Set<String> environment) {
  public SessionServices {
    environment = Set.copyOf(environment);
  }
}
