package io.pgguard.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps requests and what became of them. It knows no rules; {@link Approvals} does. Must be
 * thread-safe, and where several processes share it, safe between them.
 */
public interface ApprovalStore {

  /** A request by its id. */
  Optional<ApprovalCase> find(String id);

  /** Every request for a statement that is still kept, the latest first. */
  List<ApprovalCase> forStatement(StatementDigest digest);

  /** Every request that is neither used nor refused nor expired, the oldest first. */
  List<ApprovalCase> live(Instant now);

  /**
   * Adds a new one.
   *
   * @return false where the id is taken
   */
  boolean add(ApprovalCase opened);

  /**
   * Puts the next version of a request in the place of the one before.
   *
   * @return false, and nothing changes, where the kept version is not the one before {@code next}
   */
  boolean replace(ApprovalCase next);
}
