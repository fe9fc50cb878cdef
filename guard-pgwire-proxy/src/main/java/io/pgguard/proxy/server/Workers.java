package io.pgguard.proxy.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what may wait: a text never seen, the catalog, people. A session has at most one turn
 * at a time, so as many threads as sessions and openings are enough for every turn; fewer are kept.
 * Thread-safe.
 */
final class Workers implements Executor, AutoCloseable {
  private final ThreadPoolExecutor pool;

  /**
   * @param most how many turns there can be at a time
   */
  Workers(int most) {
    pool =
        new ThreadPoolExecutor(
            0,
            most,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("guard-worker", true));
  }

  @Override
  public void execute(Runnable turn) {
    pool.execute(turn);
  }

  /** Lets turns that run come to their end, for so long at most. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
