package io.pgguard.proxy.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what may wait: a text never seen, the catalog, a look at the log's disk. Nobody waits
 * for people in them. A session has at most one turn at a time, so what queues is bounded by the
 * sessions. Thread-safe.
 */
final class Workers implements Executor, AutoCloseable {
  /** Each may hold one of Guard's own connections to the database. */
  private static final int MOST = 64;

  /** A provider that does not answer holds up logins alone, and no session. */
  private static final int MOST_LOGINS = 16;

  private final ThreadPoolExecutor pool = pool(MOST, "guard-worker");
  private final ThreadPoolExecutor logins = pool(MOST_LOGINS, "guard-login");

  private static ThreadPoolExecutor pool(int most, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory(name, true));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Checks what a stranger shows: others than those of sessions do, since it may take long. */
  void checkLogin(Runnable check) {
    logins.execute(check);
  }

  @Override
  public void execute(Runnable turn) {
    pool.execute(turn);
  }

  /** Lets turns that run come to their end, for so long at most. */
  @Override
  public void close() {
    logins.shutdownNow();
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
