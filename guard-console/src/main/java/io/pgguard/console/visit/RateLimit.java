package io.pgguard.console.visit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many pass at once, and then so many a second. Thread-safe. */
public final class RateLimit {
  private final double most;
  private final double perNano;
  private final LongSupplier ticks;
  private double left;
  private long at;

  /**
   * @param burst how many at once
   * @param perSecond how many a second after that
   */
  public RateLimit(int burst, double perSecond) {
    this(burst, perSecond, System::nanoTime);
  }

  RateLimit(int burst, double perSecond, LongSupplier ticks) {
    this.most = burst;
    this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    this.ticks = ticks;
    this.left = burst;
    this.at = ticks.getAsLong();
  }

  /** Whether one more may pass now. */
  public synchronized boolean pass() {
    long now = ticks.getAsLong();
    left = Math.min(most, left + (now - at) * perNano);
    at = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
