package io.pgguard;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.Approvals;
import io.pgguard.audit.FileAuditLog;
import io.pgguard.internal.config.ApprovalStores;
import io.pgguard.internal.config.AuditedSteps;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Approvals alone, to answer requests from a process that runs no sessions: the store that the
 * configuration names, and an audit log of its own beside the one of the process that does.
 * Thread-safe.
 */
public final class ApprovalDesk implements AutoCloseable {
  private final FileAuditLog audit;
  private final ApprovalStore store;
  private final Approvals approvals;

  private ApprovalDesk(FileAuditLog audit, ApprovalStore store, Approvals approvals) {
    this.audit = audit;
    this.store = store;
    this.approvals = approvals;
  }

  /**
   * Opens the store and a log.
   *
   * @throws GuardConfigException where requests are kept in a process's memory, or the store cannot
   *     be opened
   * @throws io.pgguard.audit.AuditUnavailableException when the log cannot be written
   */
  public static ApprovalDesk open(GuardConfig config) {
    if (config.approval().store().location(config.directory()).isEmpty()) {
      throw new GuardConfigException(
          "requests are kept in the memory of the process that runs sessions: set approval.store to"
              + " a database to answer them from another");
    }
    ApprovalStore store = ApprovalStores.open(config.approval().store(), config.directory());
    try {
      FileAuditLog audit = FileAuditLog.open(logDirectory(config), config.audit().settings());
      InstantSource clock = InstantSource.system();
      return new ApprovalDesk(
          audit, store, new Approvals(store, clock, new AuditedSteps(audit, clock)));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Where its log is: a log belongs to one process, so the directory's name ends otherwise. */
  public static Path logDirectory(GuardConfig config) {
    Path sessions = config.auditDirectory();
    return sessions.resolveSibling(sessions.getFileName() + "-approvals");
  }

  /** Requests, and the way to answer them. */
  public Approvals approvals() {
    return approvals;
  }

  /** Closes the store and the log. Idempotent. */
  @Override
  public void close() {
    store.close();
    audit.close();
  }
}
