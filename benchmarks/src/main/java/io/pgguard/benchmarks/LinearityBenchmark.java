package io.pgguard.benchmarks;

import io.pgguard.session.GuardSession;
import io.pgguard.session.StatementPlan;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does a text of many statements, each of which leaves a name behind, take as much longer as it is?
 * Bar: the ratio of 6,000 to 1,500 statements under 5.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Linearity</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinearityBenchmark {
  /** How many statements the text has. */
  @Param({"1500", "6000"})
  public int statements = 1500;

  /** What each is; the stroke stands for its number. */
  @Param({"PREPARE p| AS SELECT 1;", "CREATE TEMP TABLE t| (a int);", "SAVEPOINT s|;"})
  public String kind = "SAVEPOINT s|;";

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final GuardSession session = database.session();
  private String text = "";
  private int count;

  /** Writes the text. */
  @Setup
  public void write() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < statements; i++) {
      all.append(kind.replace("|", Integer.toString(i)));
    }
    text = all.toString();
  }

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    session.close();
    database.close();
  }

  /** The plan of a text, new each time. */
  @Benchmark
  public StatementPlan plan() {
    return session.plan(text + "SELECT " + ++count);
  }
}
