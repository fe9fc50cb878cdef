package io.pgguard.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a point select take between two sockets, without them: messages read, judged, logged,
 * recorded and passed on in a thread that must not wait, against a server that is a table of
 * answers? What it takes is what the proxy takes above a bare relay.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar WireStatement -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WireStatementBenchmark {
  private static final int TIMES = 10;

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final WireExchange wire = new WireExchange(database);

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    wire.close();
    database.close();
  }

  /** Ten runs of a prepared statement. */
  @Benchmark
  public int tenPrepared() {
    int told = 0;
    for (int i = 0; i < TIMES; i++) {
      told += wire.prepared();
    }
    return told;
  }

  /** Ten texts of the simple protocol that differ in a number. */
  @Benchmark
  public int tenSimple() {
    int told = 0;
    for (int i = 0; i < TIMES; i++) {
      told += wire.simple();
    }
    return told;
  }
}
