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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do the largest texts cost? Bars: a statement of a megabyte with 50,000 literals under 50 ms
 * and 50 MB; brackets 10,000 deep refused under 10 ms.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar LargeText -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LargeTextBenchmark {
  /** Which text. */
  @Param({"IN", "VALUES", "NESTED"})
  public Text text = Text.IN;

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final GuardSession session = database.session();
  private int count;

  /** The texts; a number at their end makes each a new one. */
  public enum Text {
    IN(
        "SELECT name, ssn FROM customers WHERE name IN ("
            + "'0123456789abcdef', ".repeat(49_999)
            + "'x') LIMIT "),
    VALUES(
        "INSERT INTO customers (id, name) VALUES "
            + "(12345, '0123456789abcdefghijklm'), ".repeat(25_000)
            + "(1, 'x') ON CONFLICT (id) DO UPDATE SET id = "),
    NESTED("SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + " LIMIT ");

    private final String sql;

    Text(String sql) {
      this.sql = sql;
    }
  }

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    session.close();
    database.close();
  }

  /** The plan of a large text, new each time. */
  @Benchmark
  public StatementPlan plan() {
    return session.plan(text.sql + ++count);
  }
}
