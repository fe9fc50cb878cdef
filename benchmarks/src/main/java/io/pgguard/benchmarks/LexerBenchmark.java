package io.pgguard.benchmarks;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.statement.Tokens;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many characters a second are lexed and read. The texts have 1,000,000 characters of ordinary
 * SQL each, so a score of 50 means 50 MB/s.
 *
 * <pre>
 * mvn -q -B -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/cp
 * java -cp benchmarks/target/classes:$(cat benchmarks/target/cp) org.openjdk.jmh.Main LexerBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LexerBenchmark {
  private static final String STATEMENT =
      "SELECT c.id, c.name, upper(c.email) AS mail, count(*) FROM shop.customers AS c JOIN"
          + " shop.orders o ON o.customer_id = c.id WHERE o.placed_at >= '2026-01-01' AND o.total >"
          + " 100.50 AND c.country IN ('DE', 'FR') GROUP BY c.id, c.name ORDER BY 4 DESC LIMIT 10;\n";
  private static final String TEXT =
      STATEMENT
          .repeat(1_000_000 / STATEMENT.length() + 1)
          .substring(0, 1_000_000 - 1)
          .replaceAll(";[^;]*$", "; ");
  private static final String LITERALS =
      "INSERT INTO t VALUES (0" + ", 'literal no 1234'".repeat(55_000) + ")";

  /** One text lexed. */
  @Benchmark
  public Tokens lex() throws LexicalException {
    return Lexer.lex(TEXT);
  }

  /** One text read, with the facts of its statements. */
  @Benchmark
  public StatementText read() throws LexicalException {
    return StatementReader.read(TEXT);
  }

  /** One statement of a megabyte with 55,000 literals read. */
  @Benchmark
  public StatementText readLiterals() throws LexicalException {
    return StatementReader.read(LITERALS);
  }
}
