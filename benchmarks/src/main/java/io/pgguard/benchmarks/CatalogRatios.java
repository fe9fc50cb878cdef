package io.pgguard.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What knowing the catalog costs, as ratios: rounds of the same work directly and through Guard
 * take turns, and the medians of both are compared. Goals: DDL at most 1.5 times what it takes
 * directly; a temporary table at most 1.3 times a permanent one.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.pgguard.benchmarks.CatalogRatios [rounds]</pre>
 */
public final class CatalogRatios {
  private static final int BATCH = 1000;
  private static final int SELECTS = 100;

  private final Map<String, List<Long>> times = new LinkedHashMap<>();

  private CatalogRatios() {}

  /** Some work on a connection. */
  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  /**
   * Prints the ratios.
   *
   * @param arguments how many rounds; 15 unless given
   */
  public static void main(String[] arguments) throws SQLException {
    int rounds = arguments.length == 0 ? 15 : Integer.parseInt(arguments[0]);
    new CatalogRatios().run(rounds);
  }

  private void run(int rounds) throws SQLException {
    try (BenchmarkDatabase database = BenchmarkDatabase.start();
        Connection direct = database.connect(false);
        Connection guarded = database.connect(true)) {
      for (Connection each : List.of(direct, guarded)) {
        execute(each, "CREATE TEMP TABLE own (id serial PRIMARY KEY, name text)");
        execute(each, "INSERT INTO own (name) VALUES ('a')");
      }
      execute(direct, "CREATE TABLE plain (id serial PRIMARY KEY, name text)");
      execute(direct, "INSERT INTO plain (name) VALUES ('a')");
      for (int round = 0; round < 2 * rounds; round++) {
        if (round == rounds) {
          times.clear(); // what came before was to warm up
        }
        round(direct, "direct");
        round(guarded, "Guard");
      }
    }
    print("DDL, 40 CREATE, ALTER, DROP", "ddl");
    print("statement after DDL of others", "after");
    print("100 SELECT, permanent table", "select plain");
    print("100 SELECT, temporary table", "select own");
    print("100 INSERT, permanent table", "insert plain");
    print("batch of 1,000 with keys, permanent", "batch plain");
    print("batch of 1,000 with keys, temporary", "batch own");
    System.out.printf(
        Locale.ROOT,
        "temporary beside permanent, through Guard: SELECT %.2f, batch %.2f%n",
        ratio("Guard select own", "Guard select plain"),
        ratio("Guard batch own", "Guard batch plain"));
    System.exit(0);
  }

  private void round(Connection connection, String way) throws SQLException {
    time(way + " ddl", connection, CatalogRatios::ddl);
    time(way + " select plain", connection, on -> selects(on, "plain"));
    time(way + " select own", connection, on -> selects(on, "own"));
    time(way + " insert plain", connection, CatalogRatios::inserts);
    time(way + " batch plain", connection, on -> batch(on, "plain"));
    time(way + " batch own", connection, on -> batch(on, "own"));
    execute(connection, "ALTER TABLE orders ALTER status SET DEFAULT 'open'");
    time(way + " after", connection, on -> select(on, "SELECT name FROM customers WHERE id = 7"));
  }

  private void time(String what, Connection connection, Work work) throws SQLException {
    long before = System.nanoTime();
    work.on(connection);
    times.computeIfAbsent(what, name -> new ArrayList<>()).add(System.nanoTime() - before);
  }

  private static void ddl(Connection connection) throws SQLException {
    for (int i = 0; i < 10; i++) {
      execute(connection, "CREATE TABLE made (id int PRIMARY KEY, note text)");
      execute(connection, "ALTER TABLE made ADD COLUMN more int");
      execute(connection, "ALTER TABLE made ALTER note SET DEFAULT 'a'");
      execute(connection, "DROP TABLE made");
    }
  }

  private static void selects(Connection connection, String table) throws SQLException {
    for (int i = 0; i < SELECTS; i++) {
      select(connection, "SELECT name FROM " + table + " WHERE id = 1");
    }
  }

  private static void select(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private static void inserts(Connection connection) throws SQLException {
    for (int i = 0; i < SELECTS; i++) {
      execute(connection, "INSERT INTO plain (name) VALUES ('b')");
    }
  }

  private static void batch(Connection connection, String table) throws SQLException {
    String insert = "INSERT INTO " + table + " (name) VALUES (?)";
    try (PreparedStatement rows =
        connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < BATCH; i++) {
        rows.setString(1, "name " + i);
        rows.addBatch();
      }
      rows.executeBatch();
    }
    execute(connection, "DELETE FROM " + table + " WHERE id > 1");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void print(String name, String what) {
    System.out.printf(
        Locale.ROOT,
        "%-40s direct %8.3f ms, Guard %8.3f ms: %.2f times%n",
        name,
        median("direct " + what) / 1e6,
        median("Guard " + what) / 1e6,
        ratio("Guard " + what, "direct " + what));
  }

  private double ratio(String one, String other) {
    return (double) median(one) / median(other);
  }

  private long median(String what) {
    List<Long> sorted = new ArrayList<>(times.getOrDefault(what, List.of(0L)));
    sorted.sort(null);
    return sorted.get(sorted.size() / 2);
  }
}
