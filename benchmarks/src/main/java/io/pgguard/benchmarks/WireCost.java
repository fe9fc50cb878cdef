package io.pgguard.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What a point select takes of a proxy's event loop, without its sockets, in processor time and
 * bytes: both mean something on a machine that does other work besides. Prints the median of the
 * rounds and the least.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.pgguard.benchmarks.WireCost [rounds]</pre>
 */
public final class WireCost {
  private static final int STATEMENTS = 4_000;
  private static final int WARM = 15;

  private WireCost() {}

  /**
   * Measures.
   *
   * @param arguments how many rounds of 4,000 statements; 15 where it is not said
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? 15 : Integer.parseInt(arguments[0]);
    try (BenchmarkDatabase database = BenchmarkDatabase.start();
        WireExchange wire = new WireExchange(database)) {
      for (int i = 0; i < WARM; i++) {
        measure("", 1, wire::prepared);
        measure("", 1, wire::simple);
      }
      measure("prepared", rounds, wire::prepared);
      measure("simple", rounds, wire::simple);
    }
    System.exit(0);
  }

  private static void measure(String name, int rounds, IntSupplier statement) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    double[] times = new double[rounds];
    double[] sizes = new double[rounds];
    long told = 0;
    for (int round = 0; round < rounds; round++) {
      long bytes = threads.getThreadAllocatedBytes(id);
      long time = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < STATEMENTS; i++) {
        told += statement.getAsInt();
      }
      times[round] = (threads.getCurrentThreadCpuTime() - time) / 1e3 / STATEMENTS;
      sizes[round] = (double) (threads.getThreadAllocatedBytes(id) - bytes) / STATEMENTS;
    }
    Arrays.sort(times);
    Arrays.sort(sizes);
    if (!name.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f us (least %.1f), %.0f bytes allocated, %d bytes told%n",
          name,
          times[rounds / 2],
          times[0],
          sizes[rounds / 2],
          told / rounds / STATEMENTS);
    }
  }
}
