package io.pgguard.benchmarks;

import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Detectors;
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
 * What does a search by all detectors cost for 1,000 bytes? Bar for prose, which has no find: under
 * 2,000 ns, so 2 ns a byte.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Detector -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectorBenchmark {
  private static final int BYTES = 1000;

  /** What the text is made of. */
  @Param({"prose", "numbers", "finds"})
  public String text = "prose";

  private byte[] row = {};
  private RowMasker masker = Rows.masker();

  /** Makes the text. */
  @Setup
  public void prepare() {
    String piece =
        switch (text) {
          case "prose" -> "The order was sent on Monday, and Carol asked for a receipt (paper). ";
          case "numbers" -> "4711 2024-05-17 12:34:56.789 1234.56 550e8400-e29b-41d4-a716 ";
          default -> "ssn 900-12-0001, mail carol@example.com, card 4000 0091 2000 0016. ";
        };
    row = Rows.of(piece.repeat(BYTES / piece.length() + 1).substring(0, BYTES));
    masker = Rows.masker(new ColumnTreatment.Scan(Detectors.all()));
  }

  /** One text. */
  @Benchmark
  public boolean text() {
    return masker.mask(row, 0, row.length);
  }
}
