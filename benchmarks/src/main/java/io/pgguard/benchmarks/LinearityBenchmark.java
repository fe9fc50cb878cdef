package io.pgguard.benchmarks;

import io.pgguard.session.GuardSession;
import io.pgguard.session.Ruling;
import io.pgguard.session.StatementPlan;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
 * Does a decision on a new text take as much longer as the text is, as the session has names, as
 * the catalog has relations? Bar: what is twice as large takes under 2.3 times.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Linearity -bm sample -jvmArgsAppend -Xbatch</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinearityBenchmark {
  private static final String JOIN =
      "SELECT c.name, c.email, count(o.id) FROM customers c JOIN orders o ON o.customer_id = c.id"
          + " WHERE o.total > 5 GROUP BY c.id, c.name, c.email";

  /** What is large. */
  @Param public Large large = Large.LIST;

  /** How many times its size. */
  @Param({"1", "2"})
  public int times = 1;

  /** Where the size is: in the text, in the session's names, in the catalog. */
  public enum Large {
    LIST(5_000, "", i -> "", n -> JOIN.replace("> 5", "IN (" + numbers(n) + ")")),
    COLUMNS(500, "", i -> "", n -> "SELECT " + repeated(n, "c.id + ", ", ") + " FROM customers c"),
    UNIONS(
        200,
        "",
        i -> "",
        n -> repeated(n, "SELECT name FROM customers WHERE id = ", " UNION ALL ")),
    PREPARES(1_500, "", i -> "", n -> repeated(n, "PREPARE p| AS SELECT 1; --", "\n")),
    TEMPORARIES(1_500, "", i -> "", n -> repeated(n, "CREATE TEMP TABLE t| (a int); --", "\n")),
    SAVEPOINTS(1_500, "", i -> "", n -> repeated(n, "SAVEPOINT s|; --", "\n")),
    PREPARED(500, "", i -> "PREPARE p" + i + " AS SELECT ssn FROM customers", n -> JOIN),
    TEMPORARY(500, "", i -> "CREATE TEMP TABLE t" + i + " AS SELECT ssn FROM customers", n -> JOIN),
    SETTINGS(500, "", i -> "SET my.setting" + i + " = 'x'", n -> JOIN),
    TABLES(
        2_000, "CREATE TABLE r| (id int PRIMARY KEY, ssn text, customers int)", i -> "", n -> JOIN),
    VIEWS(500, "CREATE VIEW v| AS SELECT id, name, ssn FROM customers", i -> "", n -> JOIN),
    VIEWS_OVER_VIEWS(
        40,
        "CREATE VIEW v| AS SELECT id, name, ssn FROM ^",
        i -> "",
        n -> "SELECT name, ssn FROM v" + (n - 1) + " WHERE id = 5"),
    FUNCTIONS(1_000, "CREATE FUNCTION f|() RETURNS int LANGUAGE sql RETURN 1", i -> "", n -> JOIN);

    private final int size;
    private final String made;
    private final IntFunction<String> run;
    private final IntFunction<String> text;

    Large(int size, String made, IntFunction<String> run, IntFunction<String> text) {
      this.size = size;
      this.made = made;
      this.run = run;
      this.text = text;
    }

    private static String numbers(int n) {
      return IntStream.range(0, n).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static String repeated(int n, String part, String between) {
      return IntStream.range(0, n)
          .mapToObj(i -> part.replace("|", Integer.toString(i)) + i)
          .collect(Collectors.joining(between));
    }

    private String schema(int n) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < n && !made.isEmpty(); i++) {
        String below = i == 0 ? "customers" : "v" + (i - 1);
        all.append(made.replace("|", Integer.toString(i)).replace("^", below)).append(";\n");
      }
      return all.toString();
    }
  }

  private @Nullable BenchmarkDatabase database;
  private @Nullable GuardSession session;
  private String text = "";
  private int count;

  /** Makes what is large. */
  @Setup
  public void make() {
    int n = large.size * times;
    BenchmarkDatabase started = BenchmarkDatabase.start(large.schema(n));
    GuardSession opened = started.session();
    for (int i = 0; i < n && !large.run.apply(i).isEmpty(); i++) {
      Ruling ruling = opened.request(opened.plan(large.run.apply(i)), List.of()).await();
      if (ruling instanceof Ruling.Granted granted) {
        granted.runs().forEach(run -> run.completed("SET"));
      }
    }
    database = started;
    session = opened;
    text = large.text.apply(n);
  }

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    Objects.requireNonNull(session).close();
    Objects.requireNonNull(database).close();
  }

  /** The plan of a text, new each time. */
  @Benchmark
  public StatementPlan plan() {
    return Objects.requireNonNull(session).plan(text + "\n;SELECT 1 AS x" + ++count);
  }
}
