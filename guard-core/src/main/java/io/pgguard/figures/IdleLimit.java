package io.pgguard.figures;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds a transaction to the time that it may lie idle with its locks, whatever the client has set
 * at the server. One look at the clock for each answer of the server, one task of the shared timer
 * for each such time. {@link #idle} and {@link #busy} are called by the session's thread.
 */
public final class IdleLimit {
  private final Runnable wake;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long idleSince;
  private volatile long limitNanos;

  /**
   * @param wake asks the session's edge to look whether its time is over
   */
  public IdleLimit(Runnable wake) {
    this.wake = wake;
  }

  /** The server waits for the client inside a transaction; it may for so long, or for ever. */
  public void idle(@Nullable Duration limit) {
    if (limit == null) {
      busy();
      return;
    }
    limitNanos = limit.toNanos();
    idleSince = System.nanoTime() | 1;
    schedule(limitNanos);
  }

  /** Something runs, or no transaction is open. */
  public void busy() {
    idleSince = 0;
  }

  /** Whether the transaction has been idle for too long. */
  public boolean isOver() {
    long since = idleSince;
    return since != 0 && System.nanoTime() - since >= limitNanos;
  }

  private void schedule(long nanos) {
    if (scheduled.compareAndSet(false, true)) {
      TimeLimit.TIMER.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    scheduled.set(false);
    long since = idleSince;
    if (since == 0) {
      return;
    }
    long left = limitNanos - (System.nanoTime() - since);
    if (left > 0) {
      schedule(left);
    } else {
      wake.run();
    }
  }
}
