package io.pgguard.benchmarks;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.JSQLParserException;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a new text takes from characters to a tree, beside JSqlParser called without its
 * executor thread. Run: {@code mvn -q -B -Dquick -DskipTests -pl benchmarks -am package
 * dependency:build-classpath -Dmdep.outputFile=/tmp/classpath && java -cp
 * "benchmarks/target/classes:$(cat /tmp/classpath)" org.openjdk.jmh.Main ParserBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark {
  /** Which statement. */
  @Param({"POINT", "JOIN", "WINDOWS", "LITERALS"})
  public String statement = "POINT";

  private String sql = "";

  /** Chooses the statement. */
  @Setup
  public void choose() {
    sql =
        switch (statement) {
          case "POINT" -> "SELECT id, name, email FROM customers WHERE id = 42";
          case "JOIN" ->
              "SELECT c.name, count(o.id) AS orders, sum(o.total) AS spent FROM customers c"
                  + " LEFT JOIN orders o ON o.customer_id = c.id AND o.status IN ('a', 'b')"
                  + " WHERE c.city = 'Oslo' AND o.total > 10.5 GROUP BY c.id, c.name"
                  + " HAVING count(*) > 1 ORDER BY spent DESC NULLS LAST LIMIT 5";
          case "WINDOWS" ->
              "WITH m AS (SELECT date_trunc('month', o.created) AS month, o.customer_id,"
                  + " sum(o.total) AS total FROM orders o GROUP BY 1, 2), r AS (SELECT m.*,"
                  + " rank() OVER (PARTITION BY month ORDER BY total DESC) AS place,"
                  + " lag(total) OVER (PARTITION BY customer_id ORDER BY month) AS before FROM m)"
                  + " SELECT r.month, c.name, r.total, CASE WHEN r.before IS NULL THEN 0 ELSE"
                  + " r.total - r.before END AS growth FROM r JOIN customers c ON"
                  + " c.id = r.customer_id WHERE r.place <= 3 ORDER BY r.month, r.place";
          default ->
              "SELECT * FROM t WHERE a IN (" + "'0123456789abcdef', ".repeat(49_999) + "'x')";
        };
  }

  /** Guard's lexer and parser. */
  @Benchmark
  public ParseResult guard() throws LexicalException {
    return SyntaxParser.parse(Lexer.lex(sql));
  }

  /** JSqlParser on the calling thread. */
  @Benchmark
  public Statement jsqlparser() throws JSQLParserException, ParseException {
    CCJSqlParser parser = CCJSqlParserUtil.newParser(sql);
    return parser.Statement();
  }
}
