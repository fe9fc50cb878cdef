package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No text takes longer than a second to plan, and none exhausts the stack, on a thread whose stack
 * is small. The thread's own processor time counts, and the best of three: what else runs on the
 * machine has no part in it.
 */
@Timeout(600)
class NastyTextsIT {
  private static final int SMALL_STACK = 512 * 1024;
  private static final long BOUND_MILLIS = 1_000;
  private static final long WORTH_TELLING_MILLIS = 300;
  private static final int TRIES = 3;

  private volatile String at = "";

  @Test
  void nastyText_isPlannedWithinASecond() throws Exception {
    List<String> slow = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      Thread thread = new Thread(null, () -> plan(planned, slow), "nasty", SMALL_STACK);
      thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
      thread.start();
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("planning failed: " + at, failure.get());
    }
    assertTrue(slow.isEmpty(), "too slow: " + slow);
  }

  private void plan(PlannedDatabase planned, List<String> slow) {
    NastyTexts.each(1, (name, text) -> plan(planned, name, text, slow));
    NastierTexts.each(1, (name, text) -> plan(planned, name, text, slow));
  }

  private void plan(PlannedDatabase planned, String name, String text, List<String> slow) {
    at = name;
    long millis = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && millis > WORTH_TELLING_MILLIS; i++) {
      millis = Math.min(millis, millis(planned, text));
    }
    if (millis > WORTH_TELLING_MILLIS) {
      System.out.println("NastyTextsIT: " + millis + " ms: " + name);
    }
    if (millis > BOUND_MILLIS) {
      slow.add(name + " " + millis + " ms");
    }
  }

  private static long millis(PlannedDatabase planned, String text) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    planned.fresh(text);
    return (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
  }
}
