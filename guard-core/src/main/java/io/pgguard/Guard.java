package io.pgguard;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.Approvals;
import io.pgguard.audit.AuditEvent;
import io.pgguard.audit.FileAuditLog;
import io.pgguard.audit.ObservedAuditLog;
import io.pgguard.guess.GuessesInMemory;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Standing;
import io.pgguard.internal.config.ApprovalStores;
import io.pgguard.internal.config.AuditedSteps;
import io.pgguard.mask.Mask;
import io.pgguard.mask.MaskKey;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicySource;
import io.pgguard.recording.FileRecorder;
import io.pgguard.session.Explanation;
import io.pgguard.session.GuardSession;
import io.pgguard.session.SessionRequest;
import io.pgguard.session.SessionServices;
import io.pgguard.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way in for edges and embedding services: one policy, one audit log, one set of approvals.
 * Open it once and share it. Thread-safe.
 */
public final class Guard implements AutoCloseable {
  /** Guard's version, as the audit log tells it. */
  public static final String VERSION = "0.1.0";

  private final GuardConfig config;
  private final ObservedAuditLog audit;
  private final PolicySource policy;
  private final ApprovalStore store;
  private final Approvals approvals;
  private final Sessions sessions;
  private final DenyList denied;
  private volatile boolean closed;

  private Guard(
      GuardConfig config,
      ObservedAuditLog audit,
      PolicySource policy,
      ApprovalStore store,
      Approvals approvals,
      Sessions sessions,
      DenyList denied) {
    this.denied = denied;
    denied.start();
    this.config = config;
    this.audit = audit;
    this.policy = policy;
    this.store = store;
    this.approvals = approvals;
    this.sessions = sessions;
  }

  /**
   * Opens the audit log, loads the policy, opens the store of approvals, and is ready for sessions.
   * Nothing stays open when it fails.
   *
   * @throws GuardConfigException when the policy or the store cannot be used; the message names
   *     file, line and key
   * @throws io.pgguard.audit.AuditUnavailableException when the audit log cannot be written
   */
  public static Guard open(GuardConfig config) {
    ObservedAuditLog audit =
        new ObservedAuditLog(FileAuditLog.open(config.auditDirectory(), config.audit().settings()));
    try {
      return open(config, audit);
    } catch (RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  private static Guard open(GuardConfig config, ObservedAuditLog audit) {
    InstantSource clock = InstantSource.system();
    AuditedSteps steps = new AuditedSteps(audit, clock);
    MaskKey key = maskKey(config);
    PolicySource policy;
    try {
      policy = PolicySource.watch(config.policyFile(), steps);
    } catch (PolicyException e) {
      throw new GuardConfigException("the policy cannot be used: " + e.getMessage());
    }
    AuditedSteps.warn(policy.current());
    try {
      if (key == null && hashes(policy.current())) {
        throw new GuardConfigException(
            "the policy "
                + config.policyFile()
                + " has hash masks, but the configuration gives no key: set masking: { hashKey: { file: ... } }");
      }
      audit.append(
          new AuditEvent.PolicyLoaded(
              clock.instant(), policy.current().hash(), policy.current().source()));
      return open(config, audit, policy, key, steps, clock);
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  private static Guard open(
      GuardConfig config,
      ObservedAuditLog audit,
      PolicySource policy,
      @Nullable MaskKey key,
      AuditedSteps steps,
      InstantSource clock) {
    ApprovalStore store = ApprovalStores.open(config.approval().store(), config.directory());
    try {
      DenyList denied = denied(config);
      Approvals approvals = new Approvals(store, clock, steps);
      SessionServices services =
          new SessionServices(
              policy,
              approvals,
              audit,
              FileRecorder.open(config.recordingDirectory(), config.recording().settings()),
              key,
              new GuessesInMemory(),
              denied,
              config.approval().patience(),
              clock,
              VERSION,
              config.environment());
      Sessions sessions = new Sessions(services, config.catalog().period());
      return new Guard(config, audit, policy, store, approvals, sessions, denied);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static DenyList denied(GuardConfig config) {
    String file = config.identity() == null ? null : config.identity().denied();
    try {
      return file == null ? DenyList.none() : DenyList.read(config.directory().resolve(file));
    } catch (IOException e) {
      throw new GuardConfigException("identity.denied: the deny-list cannot be read: " + e, e);
    }
  }

  private static @Nullable MaskKey maskKey(GuardConfig config) {
    Secret secret = config.masking().hashKey();
    return secret == null
        ? null
        : MaskKey.of(secret.read(config.directory()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hashes(Policy policy) {
    return policy.classes().stream().anyMatch(c -> c.mask() instanceof Mask.Hash);
  }

  /** The configuration that this was opened with. */
  public GuardConfig config() {
    return config;
  }

  /** Who and what is revoked. */
  public DenyList denied() {
    return denied;
  }

  /** The policy in force. */
  public Policy policy() {
    return policy.current();
  }

  /**
   * Hears of every event of the audit log from now on, once it has been appended: for metrics.
   *
   * @param observer called by threads that may hold locks: it must neither wait nor throw
   */
  public void observe(Consumer<AuditEvent> observer) {
    audit.observe(observer);
  }

  /**
   * Puts an access to the console into the audit log, before what it tells of is shown.
   *
   * @throws io.pgguard.audit.AuditUnavailableException when it cannot be logged: then show nothing
   */
  public void tell(AuditEvent.ConsoleAccess access) {
    audit.append(access);
  }

  /** Requests that wait for people, and the way to answer them. */
  public Approvals approvals() {
    return approvals;
  }

  /** Opens a session for an edge; see {@link Sessions#open}. */
  public GuardSession open(SessionRequest request) {
    return sessions.open(request);
  }

  /** What Guard would make of a text, without running it: for people who write policies. */
  public Explanation explain(SessionRequest request, String text) {
    return sessions.explain(request, text);
  }

  /**
   * As what the statements of a principal's session run.
   *
   * @throws io.pgguard.identity.NoStandingException where the policy lets them run as nothing
   */
  public Standing standing(Principal principal) {
    return policy.current().standing(principal, config.database().user());
  }

  /**
   * The PostgreSQL role by which a principal's statements are explained: theirs, or the one that
   * logs in where they have none.
   */
  public String role(Principal principal) {
    return policy.current().role(principal).orElse(config.database().user());
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Closes sessions' shared parts, the store of approvals, the policy's watch and the audit log.
   * Close the connections first. Idempotent.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    sessions.close();
    store.close();
    denied.close();
    policy.close();
    audit.close();
  }
}
