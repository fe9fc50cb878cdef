package io.pgguard.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What work costs on any machine. Immutable.
 *
 * @param steps of {@link SteppedClasses}
 * @param bytes that the thread allocated
 */
public record Cost(long steps, long bytes) {
  /** Of four times the work, with a little for what grows by leaps: tables, lists, buffers. */
  private static final double QUADRUPLED = 2.3 * 2.3;

  private static final long FREE_STEPS = 20_000;
  private static final long FREE_BYTES = 400_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a task costs. Run it once before, so that no class is loaded meanwhile. */
  public static Cost of(Runnable task) {
    long self = Thread.currentThread().getId();
    long steps = Steps.count();
    long bytes = THREADS.getThreadAllocatedBytes(self);
    task.run();
    long allocated = THREADS.getThreadAllocatedBytes(self) - bytes;
    return new Cost(Steps.count() - steps, allocated);
  }

  /** Whether this is what four times the work of another may cost, if cost grows with the work. */
  public boolean isAlong(Cost quarter) {
    return steps <= quarter.steps * QUADRUPLED + FREE_STEPS
        && bytes <= quarter.bytes * QUADRUPLED + FREE_BYTES;
  }

  /** How much more this is, for people. */
  public String against(Cost quarter) {
    return "%,d steps against %,d (%.2f), %,d bytes against %,d (%.2f)"
        .formatted(
            steps,
            quarter.steps,
            (double) steps / Math.max(1, quarter.steps),
            bytes,
            quarter.bytes,
            (double) bytes / Math.max(1, quarter.bytes));
  }
}
