package io.pgguard.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * What does the guarded driver cost beside PgJDBC alone, on the same server, with the audit log and
 * the recording on? Goals: 1.02 times for a prepared statement that is reused, 1.05 for one that is
 * prepared each time, 1.15 for 1,000 rows of three columns with two of them masked, 2.0 for a text
 * never seen before.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar JdbcOverhead</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JdbcOverheadBenchmark {
  private static final String POINT = "SELECT name, city FROM customers WHERE id = ?";
  private static final String MASKED = "SELECT name, ssn, email FROM customers";

  /** PgJDBC alone, or Guard's driver. */
  @Param({"plain", "guard"})
  public String driver = "plain";

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final Connection plain = database.connect(false);
  private final Connection guarded = database.connect(true);
  private final PreparedStatement plainPoint = prepare(plain, POINT);
  private final PreparedStatement guardedPoint = prepare(guarded, POINT);
  private final PreparedStatement plainRows = prepare(plain, MASKED);
  private final PreparedStatement guardedRows = prepare(guarded, MASKED);
  private int count;

  private static PreparedStatement prepare(Connection connection, String sql) {
    try {
      return connection.prepareStatement(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isGuarded() {
    return driver.equals("guard");
  }

  private Connection connection() {
    return isGuarded() ? guarded : plain;
  }

  private int id() {
    return 1 + ++count % 1000;
  }

  /** Closes the connections and the database. */
  @TearDown
  public void close() throws SQLException {
    plain.close();
    guarded.close();
    database.close();
  }

  private static int read(ResultSet rows, int columns) throws SQLException {
    int characters = 0;
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        characters += rows.getString(i).length();
      }
    }
    return characters;
  }

  /** One prepared statement, reused. */
  @Benchmark
  public int reused() throws SQLException {
    PreparedStatement statement = isGuarded() ? guardedPoint : plainPoint;
    statement.setInt(1, id());
    try (ResultSet rows = statement.executeQuery()) {
      return read(rows, 2);
    }
  }

  /** The same statement, prepared each time. */
  @Benchmark
  public int preparedEachTime() throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(POINT)) {
      statement.setInt(1, id());
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows, 2);
      }
    }
  }

  /** 1,000 rows of three columns, two of which Guard masks. */
  @Benchmark
  public int thousandRows() throws SQLException {
    try (ResultSet rows = (isGuarded() ? guardedRows : plainRows).executeQuery()) {
      return read(rows, 3);
    }
  }

  /** A text that was never seen before. */
  @Benchmark
  public int newText() throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, city AS c" + ++count + " FROM customers WHERE id = 7")) {
      return read(rows, 2);
    }
  }
}
