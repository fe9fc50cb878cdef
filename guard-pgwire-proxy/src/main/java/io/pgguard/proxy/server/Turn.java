package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one turn at a time that a session has on a worker. Used by the session's loop. */
final class Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  private final EventLoop loop;
  private final Workers workers;
  private final Runnable failed;
  private final Runnable back;
  private boolean taken;

  /**
   * @param failed what follows a turn that failed, before {@code back}
   * @param back what follows each turn
   */
  Turn(EventLoop loop, Workers workers, Runnable failed, Runnable back) {
    this.loop = loop;
    this.workers = workers;
    this.failed = failed;
    this.back = back;
  }

  /** Whether a worker has the session. */
  boolean taken() {
    return taken;
  }

  /**
   * Gives the session to a worker.
   *
   * @return false where none takes it any more
   */
  boolean give(Runnable work) {
    taken = true;
    try {
      workers.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("a session ends: the proxy failed", e);
              loop.execute(failed);
            } finally {
              loop.execute(this::done);
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("the proxy is closing", e);
      taken = false;
      return false;
    }
  }

  private void done() {
    taken = false;
    back.run();
  }
}
