package io.pgguard.benchmarks;

import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Mask;
import io.pgguard.mask.RowMasker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a row of five columns cost of which two are masked?
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar MaskRow -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskRowBenchmark {
  private byte[] row = {};
  private RowMasker masker = Rows.masker();

  /** Makes the row. */
  @Setup
  public void prepare() {
    row =
        Rows.of("4711", "Carol Example", "900-12-0001", "carol@example.com", "2024-05-17 12:00:00");
    ColumnTreatment pass = new ColumnTreatment.Pass();
    masker =
        Rows.masker(
            pass,
            pass,
            new ColumnTreatment.Apply(new Mask.Partial(0, 4)),
            new ColumnTreatment.Apply(new Mask.Email()),
            pass);
  }

  /** One row. */
  @Benchmark
  public boolean row() {
    return masker.mask(row, 0, row.length);
  }
}
