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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does knowing the catalog cost: after DDL, over a temporary table, and after a write, beside
 * PgJDBC alone on the same server? Goals: a statement after DDL takes 1.5 times, one over a
 * temporary table 1.3 times what it takes without. Compare the drivers, and {@code select} with
 * {@code selectAfterWrite} and {@code selectTemporary}.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar CatalogChanges</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CatalogChangesBenchmark {
  private static final int BATCH = 100;

  /** PgJDBC alone, or Guard's driver. */
  @Param({"plain", "guard"})
  public String driver = "plain";

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final Connection plain = database.connect(false);
  private final Connection guarded = database.connect(true);
  private final Connection other = database.connect(false);

  private static Statement open(Connection connection) {
    try {
      return connection.createStatement();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private final Statement past = open(other);
  private final Statement byPlain = open(plain);
  private final Statement byGuard = open(guarded);

  private Statement statement() {
    return driver.equals("guard") ? byGuard : byPlain;
  }

  /** Makes the tables that some of the questions are about. */
  @Setup
  public void make() throws SQLException {
    past.execute("CREATE TABLE made (id int PRIMARY KEY, note text)");
    statement().execute("CREATE TEMP TABLE own (id serial PRIMARY KEY, name text)");
    statement().execute("INSERT INTO own (name) VALUES ('a')");
  }

  /** Closes the connections and the database. */
  @TearDown
  public void close() throws SQLException {
    plain.close();
    guarded.close();
    other.close();
    database.close();
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  /** Two changes to the catalog. */
  @Benchmark
  public int ddl() throws SQLException {
    int changed = statement().executeUpdate("ALTER TABLE made ALTER note SET DEFAULT 'a'");
    return changed + statement().executeUpdate("ALTER TABLE made ALTER note DROP DEFAULT");
  }

  /** A statement after a change to the catalog by somebody else, with that change. */
  @Benchmark
  public String selectAfterDdlOfOthers() throws SQLException {
    past.executeUpdate("ALTER TABLE orders ALTER status SET DEFAULT 'open'");
    return first(statement(), "SELECT name FROM customers WHERE id = 7");
  }

  /** A statement, nothing being changed by anybody. */
  @Benchmark
  public String select() throws SQLException {
    return first(statement(), "SELECT name FROM customers WHERE id = 7");
  }

  /** A statement over a temporary table. */
  @Benchmark
  public String selectTemporary() throws SQLException {
    return first(statement(), "SELECT name FROM own");
  }

  /**
   * A statement after a write, with that write: something was committed, but no catalog changed.
   */
  @Benchmark
  public String selectAfterWrite() throws SQLException {
    statement().executeUpdate("UPDATE customers SET city = 'Oslo' WHERE id = 8");
    return first(statement(), "SELECT name FROM customers WHERE id = 7");
  }

  /** A hundred rows with generated keys into a temporary table. */
  @Benchmark
  public int generatedKeys() throws SQLException {
    String insert = "INSERT INTO own (name) VALUES (?)";
    try (PreparedStatement rows =
        statement().getConnection().prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < BATCH; i++) {
        rows.setString(1, "name " + i);
        rows.addBatch();
      }
      int made = rows.executeBatch().length;
      statement().executeUpdate("DELETE FROM own WHERE id > 1");
      return made;
    }
  }
}
