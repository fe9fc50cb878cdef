package io.pgguard.catalog;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has the catalog checked every now and then, and soon where somebody says so. Thread-safe. */
final class CatalogTimer {
  /** How soon: what is said until then is checked at once. */
  private static final long SOON = Duration.ofMillis(50).toNanos();

  private final Runnable check;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, CatalogTimer::daemon, new ThreadPoolExecutor.DiscardPolicy());
  private final AtomicBoolean expected = new AtomicBoolean();

  CatalogTimer(Duration period, Runnable check) {
    this.check = check;
    timer.scheduleWithFixedDelay(check, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "guard-catalog");
    thread.setDaemon(true);
    return thread;
  }

  /** Has it checked soon; nothing once it is closed. */
  void soon() {
    if (expected.compareAndSet(false, true)) {
      timer.schedule(this::expected, SOON, TimeUnit.NANOSECONDS);
    }
  }

  private void expected() {
    expected.set(false); // what is said from now on may be too late for this one
    check.run();
  }

  void close() {
    timer.shutdownNow();
  }
}
