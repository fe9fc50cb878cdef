package io.pgguard.benchmarks;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.FileRecorder;
import io.pgguard.recording.RecordingSettings;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.recording.StatementRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recording one row of 121 bytes costs, hashing and writing included: a row of
 * pgbench_accounts.
 *
 * <p>Run: {@code java -cp benchmarks/target/classes:... org.openjdk.jmh.Main RecordRow}; add {@code
 * -prof gc} for allocation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordRowBenchmark {
  private static final int ROWS = 10_000;

  private final byte[] row = new byte[121];
  private Path file = Path.of("");
  private Runnable close = () -> {};
  private List<SessionRecorder> session = List.of();
  private long number;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    Path directory = Files.createTempDirectory("recording-benchmark");
    FileRecorder recorder =
        FileRecorder.open(directory, new RecordingSettings(Long.MAX_VALUE, Long.MAX_VALUE));
    SessionRecorder opened =
        recorder.open("s", new Principal("ada", Set.of(), null, null), "bench");
    session = List.of(opened);
    close = opened::close;
    file = recorder.file("s");
    number = 0;
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    close.run();
    Files.delete(file);
    Files.delete(java.util.Objects.requireNonNull(file.getParent()));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object tenThousandRows() {
    number++;
    StatementRecorder statement =
        session
            .get(0)
            .statement(
                number,
                "SELECT 1",
                List.of(),
                null,
                Verdict.Outcome.ALLOW,
                List.<Verdict>of(),
                "00112233445566778899aabbccddeeff",
                "ffeeddccbbaa99887766554433221100");
    for (int i = 0; i < ROWS; i++) {
      statement.row(row, 0, row.length);
    }
    return statement.completed("SELECT 10000");
  }
}
