package io.pgguard.session;

import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Vote;
import io.pgguard.wording.SessionWording;
import io.pgguard.wording.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Breaks off what a session runs on approvals once one of them is revoked. Told by any thread, else
 * used by the session's.
 */
final class RevocableRuns {
  private final Approvals approvals;
  private final Runnable cancel;
  private final List<ApprovalStore.Subscription> running = new ArrayList<>(1);
  private @Nullable String revoked;
  private int round;

  /**
   * @param cancel breaks off what the server runs
   */
  RevocableRuns(Approvals approvals, Runnable cancel) {
    this.approvals = approvals;
    this.cancel = cancel;
  }

  /** An approval was used: its text is about to run. */
  void begins(String id) {
    int begun = round();
    ApprovalStore.Subscription watch = approvals.whileRunning(id, vote -> revoked(id, vote, begun));
    synchronized (this) {
      running.add(watch);
    }
  }

  private synchronized int round() {
    return round;
  }

  private void revoked(String id, Vote vote, int begun) {
    String reason = vote.comment();
    String why =
        SessionWording.APPROVAL_REVOKED
            .say(id, vote.by().subject() + (reason == null ? "" : ", who said: " + reason))
            .message();
    synchronized (this) {
      if (begun == round) {
        revoked = why;
      }
    }
    breakOff(begun);
  }

  /**
   * Only what began with it: the session may run something else by now. Again until that has ended,
   * since the server takes no notice of a cancel that comes before the statement.
   */
  private void breakOff(int begun) {
    if (begun == round()) {
      cancel.run(); // without the lock: it may wait for the network, and the session must not
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> breakOff(begun));
    }
  }

  /** What ran has ended. */
  synchronized void ended() {
    round++;
    revoked = null;
    running.forEach(ApprovalStore.Subscription::close);
    running.clear();
  }

  /** What to say of an error that this brought about. */
  synchronized Optional<String> brokeOff(String sqlState) {
    return SqlState.QUERY_CANCELED.is(sqlState) ? Optional.ofNullable(revoked) : Optional.empty();
  }
}
