package io.pgguard.session;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No text exhausts the stack, on a thread whose stack is small, and each is decided. How the work
 * grows with a text {@link TextGrowthIT} counts; benchmarks tell the time.
 */
@Timeout(600) // ends a run that hangs
class NastyTextsIT {
  private static final int SMALL_STACK = 512 * 1024;

  /** The longest, with {@code -Dguard.texts.part=1}, take minutes. */
  private static final int PART = Integer.getInteger("guard.texts.part", 12);

  private volatile String at = "";

  @Test
  void nastyText_isPlannedOnASmallStack() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      Thread thread = new Thread(null, () -> plan(planned), "nasty", SMALL_STACK);
      thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
      thread.start();
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("planning failed: " + at, failure.get());
    }
  }

  private void plan(PlannedDatabase planned) {
    NastyTexts.each(PART, (name, text) -> plan(planned, name, text));
    NastierTexts.each(PART, (name, text) -> plan(planned, name, text));
  }

  private void plan(PlannedDatabase planned, String name, String text) {
    at = name;
    planned.fresh(text);
  }
}
