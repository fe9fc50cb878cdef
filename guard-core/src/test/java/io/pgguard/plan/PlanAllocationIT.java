package io.pgguard.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pgguard.session.PlannedDatabase;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Finding a plan again allocates next to nothing; a change of literals only what its facts need.
 */
class PlanAllocationIT {
  private static final int TIMES = 5_000;

  @Test
  void planSeenBefore_staysUnderItsBudgetOfBytes() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      String text = "SELECT name, ssn FROM customers WHERE id = 5";
      double each = bytes(i -> planned.plan(text));
      assertTrue(each <= 64, each + " bytes");
    }
  }

  @Test
  void literalChange_staysUnderItsBudgetOfBytes() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      int[] count = {0};
      double each =
          bytes(i -> planned.plan("SELECT name, ssn FROM customers WHERE id = " + ++count[0]));
      assertTrue(each <= 6_000, each + " bytes");
    }
  }

  private static double bytes(IntConsumer plan) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < TIMES; i++) {
        plan.accept(i);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
    }
    return (double) least / TIMES;
  }
}
