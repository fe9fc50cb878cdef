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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one masked value cost? Bar for partial: under 100 ns and under 100 bytes.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar PartialMask -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PartialMaskBenchmark {
  /** The mask's name. */
  @Param({"partial", "email", "redact", "hash"})
  public String mask = "partial";

  private byte[] row = {};
  private RowMasker masker = Rows.masker();

  /** Makes the row of one value. */
  @Setup
  public void prepare() {
    row = Rows.of("carol.smith@example.com");
    masker = Rows.masker(new ColumnTreatment.Apply(named(mask)));
  }

  private static Mask named(String name) {
    return switch (name) {
      case "partial" -> new Mask.Partial(0, 4);
      case "email" -> new Mask.Email();
      case "redact" -> new Mask.Redact();
      case "hash" -> new Mask.Hash();
      default -> throw new IllegalArgumentException("no mask is named " + name);
    };
  }

  /** One value, in a row of its own. */
  @Benchmark
  public boolean value() {
    return masker.mask(row, 0, row.length);
  }
}
