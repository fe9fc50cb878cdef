package io.pgguard.examples;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.Approvals;
import java.util.List;

/** A reviewer's way to the next request that waits. */
final class Pending {
  private Pending() {}

  /** The next request that waits for people; waits until there is one. */
  static ApprovalRequest next(Approvals approvals) {
    List<ApprovalCase> pending = approvals.pending();
    while (pending.isEmpty()) {
      Thread.onSpinWait();
      pending = approvals.pending();
    }
    return pending.get(0).request();
  }
}
