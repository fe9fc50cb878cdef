package io.pgguard.benchmarks;

import io.pgguard.audit.AuditLog;
import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.AuditSettings;
import io.pgguard.audit.AuditSettings.Durability;
import io.pgguard.audit.FileAuditLog;
import io.pgguard.audit.LoggedValue;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one entry in the audit log costs, by durability, from one thread and from eight.
 *
 * <p>Run: {@code java -cp benchmarks/target/classes:... org.openjdk.jmh.Main AuditAppend}; add
 * {@code -prof gc} for allocation. The log lies in the directory of {@code -Djava.io.tmpdir}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuditAppendBenchmark {
  @Param public Durability durability = Durability.OS;

  private Path directory = Path.of("");
  private AuditLog log = unopened();
  private final StatementDecided event = event();

  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("audit-benchmark");
    log = FileAuditLog.open(directory, AuditSettings.defaults().withDurability(durability));
  }

  @TearDown
  public void close() throws IOException {
    log.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  @Threads(1)
  public AuditLog.Appended read() {
    return log.append(event, Announces.NOTHING);
  }

  @Benchmark
  @Threads(8)
  public AuditLog.Appended readByEight() {
    return log.append(event, Announces.NOTHING);
  }

  @Benchmark
  @Threads(1)
  public AuditLog.Appended effect() {
    return log.append(event, Announces.EFFECT);
  }

  @Benchmark
  @Threads(8)
  public AuditLog.Appended effectByEight() {
    return log.append(event, Announces.EFFECT);
  }

  private static StatementDecided event() {
    return new StatementDecided(
        "3f6c1b1e-session",
        42,
        Instant.parse("2026-11-22T01:02:03.123456789Z"),
        "find the customer's last orders",
        "SELECT o.id, o.total, o.placed_at FROM orders o JOIN customers c ON c.id = o.customer_id"
            + " WHERE c.id = $1 ORDER BY o.placed_at DESC LIMIT 20",
        List.of(LoggedValue.of(23, true, new byte[] {0, 0, 1, 7})),
        List.of("select"),
        Verdict.Outcome.ALLOW,
        List.of(new Verdict("reads", Verdict.Outcome.ALLOW, "reads may run", null)),
        List.of(),
        "5d41402abc4b2a76b9719d911017c592",
        "c-17",
        "00112233445566778899aabbccddeeff",
        "lineage");
  }

  /** Stands until {@link #open}. */
  private static AuditLog unopened() {
    return new AuditLog() {
      @Override
      public io.pgguard.audit.Forcing begin(
          io.pgguard.audit.AuditEvent event, Announces announces) {
        throw new IllegalStateException("not opened");
      }

      @Override
      public void close() {}
    };
  }
}
