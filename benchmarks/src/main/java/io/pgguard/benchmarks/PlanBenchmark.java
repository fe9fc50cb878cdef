package io.pgguard.benchmarks;

import io.pgguard.session.GuardSession;
import io.pgguard.session.Ruling;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
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
 * What does a decision cost, from the text to the ruling? Bars: a text seen before under 300 ns, a
 * change of literals under 3 us, a new text under 200 us and JSqlParser's own time plus 50 us. The
 * texts are those of the parser's benchmark; a new text has a new label each time. JSqlParser reads
 * the same texts as {@link #newText}, on the calling thread.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar PlanBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlanBenchmark {
  /** Which statement. */
  @Param({"POINT", "JOIN", "WINDOWS"})
  public Text statement = Text.POINT;

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final GuardSession session = database.session();
  private int count;

  /** The statements, in two parts each: a literal or label that changes stands between them. */
  public enum Text {
    POINT("SELECT id, name, email AS mail", " FROM customers WHERE id = ", ""),
    JOIN(
        "SELECT c.name, count(o.id) AS orders, sum(o.total) AS spent",
        " FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status IN ('a', 'b')"
            + " WHERE c.city = 'Oslo' AND o.total > ",
        " GROUP BY c.id, c.name HAVING count(*) > 1 ORDER BY orders DESC NULLS LAST LIMIT 5"),
    WINDOWS(
        "WITH m AS (SELECT date_trunc('month', o.created) AS month, o.customer_id,"
            + " sum(o.total) AS total FROM orders o GROUP BY 1, 2), r AS (SELECT m.*,"
            + " rank() OVER (PARTITION BY month ORDER BY total DESC) AS place,"
            + " lag(total) OVER (PARTITION BY customer_id ORDER BY month) AS before FROM m)"
            + " SELECT r.month, c.name, r.total, CASE WHEN r.before IS NULL THEN 0 ELSE"
            + " r.total - r.before END AS growth",
        " FROM r JOIN customers c ON c.id = r.customer_id WHERE r.place <= ",
        " ORDER BY r.month, r.place");

    private final String targets;
    private final String from;
    private final String rest;

    Text(String targets, String from, String rest) {
      this.targets = targets;
      this.from = from;
      this.rest = rest;
    }

    private String with(int literal) {
      return targets + from + literal + rest;
    }

    private String labelled(int label) {
      return targets + label + from + 42 + rest;
    }
  }

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    session.close();
    database.close();
  }

  /** The plan of a text seen before. */
  @Benchmark
  public StatementPlan seenBefore() {
    return session.plan(new String(SEEN[statement.ordinal()]));
  }

  private static final String[] SEEN = {
    Text.POINT.with(42), Text.JOIN.with(42), Text.WINDOWS.with(42)
  };

  /** The plan of a text seen before, the ruling, the log's entry, the recording's, and the end. */
  @Benchmark
  public Ruling planRequestAndLog() {
    StatementPlan plan = session.plan(SEEN[statement.ordinal()]);
    Ruling ruling = session.request(plan, List.of()).await();
    if (ruling instanceof Ruling.Granted granted) {
      for (StatementRun run : granted.runs()) {
        run.completed("SELECT 0");
      }
    }
    session.ready('I');
    return ruling;
  }

  /** The plan of a text that differs from others in one literal. */
  @Benchmark
  public StatementPlan literalChange() {
    return session.plan(statement.with(++count));
  }

  /** The plan of a new text. */
  @Benchmark
  public StatementPlan newText() {
    return session.plan(statement.labelled(++count));
  }

  /** What making the text costs alone, to be taken off the two above. */
  @Benchmark
  public String textAlone() {
    return statement.with(++count);
  }

  /** JSqlParser's tree of a new text. */
  @Benchmark
  public Statement jsqlparser() throws ParseException {
    CCJSqlParser parser = CCJSqlParserUtil.newParser(statement.labelled(++count));
    return parser.Statement();
  }
}
