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
 * What a rule about figures costs, as ratios: rounds of the same work by an agent for whom the rule
 * speaks and by one for whom it does not take turns, through the same Guard, and the medians of
 * both are compared. Goal: a statement under an {@code affectedRows} rule at most 1.5 times.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.pgguard.benchmarks.FigureRatios [rounds]</pre>
 */
public final class FigureRatios {
  private static final int STATEMENTS = 20;

  private static final String RULES =
      """
        - { id: many, when: { principal: { agents: [ruled] }, affectedRows: { over: 5000 } }, then: deny }
        - { id: dear, when: { principal: { agents: [priced] }, estimatedCost: { over: 1000000 } }, then: deny }
      """;

  private final Map<String, List<Long>> times = new LinkedHashMap<>();

  private FigureRatios() {}

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
    new FigureRatios().run(rounds);
  }

  private void run(int rounds) throws SQLException {
    try (BenchmarkDatabase database = BenchmarkDatabase.start("", RULES);
        Connection direct = database.connect(false);
        Connection free = database.connectAs("free");
        Connection ruled = database.connectAs("ruled");
        Connection priced = database.connectAs("priced")) {
      make(direct);
      for (int round = 0; round < 2 * rounds; round++) {
        if (round == rounds) {
          times.clear(); // what came before was to warm up
        }
        round(direct, "direct");
        round(free, "free");
        round(ruled, "ruled");
        round(priced, "priced");
      }
    }
    for (String what : times.keySet()) {
      if (what.startsWith("free ")) {
        print(what.substring(5));
      }
    }
    System.exit(0);
  }

  private static void make(Connection direct) throws SQLException {
    execute(direct, "CREATE TABLE trail (id int, what text)");
    execute(
        direct,
        "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN INSERT INTO trail VALUES (NEW.id, NULL); RETURN NULL; END'");
    execute(direct, "CREATE TABLE audited AS SELECT * FROM orders");
    execute(direct, "ALTER TABLE audited ADD PRIMARY KEY (id)");
    execute(
        direct, "CREATE TRIGGER tell AFTER UPDATE ON audited FOR EACH ROW EXECUTE FUNCTION tell()");
    execute(direct, "CREATE TABLE parent AS SELECT id FROM customers");
    execute(direct, "ALTER TABLE parent ADD PRIMARY KEY (id)");
    execute(
        direct,
        "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE)");
  }

  private void round(Connection connection, String who) throws SQLException {
    time(
        who + " UPDATE by key, prepared",
        connection,
        on -> prepared(on, "UPDATE orders SET total = 1 WHERE id = ?"));
    time(who + " UPDATE by key, new text", connection, FigureRatios::texts);
    time(
        who + " UPDATE ... RETURNING, prepared",
        connection,
        on -> prepared(on, "UPDATE orders SET total = 2 WHERE id = ? RETURNING status"));
    time(who + " UPDATE in one transaction", connection, FigureRatios::transaction);
    time(
        who + " UPDATE with a trigger, prepared",
        connection,
        on -> prepared(on, "UPDATE audited SET total = 1 WHERE id = ?"));
    time(
        who + " DELETE with a cascade, prepared",
        connection,
        on -> prepared(on, "DELETE FROM parent WHERE id = - ?"));
    time(
        who + " UPDATE of 1,000 rows",
        connection,
        on -> execute(on, "UPDATE orders SET total = 3 WHERE id <= 1000"));
    time(
        who + " SELECT by key, prepared",
        connection,
        on -> prepared(on, "SELECT status FROM orders WHERE id = ?"));
  }

  private void time(String what, Connection connection, Work work) throws SQLException {
    long before = System.nanoTime();
    work.on(connection);
    times.computeIfAbsent(what, name -> new ArrayList<>()).add(System.nanoTime() - before);
  }

  private static void prepared(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= STATEMENTS; i++) {
        statement.setInt(1, i);
        if (statement.execute()) {
          read(statement);
        }
      }
    }
  }

  private static void read(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private static void texts(Connection connection) throws SQLException {
    for (int i = 1; i <= STATEMENTS; i++) {
      execute(connection, "UPDATE orders SET total = 5 WHERE id = " + i);
    }
  }

  private static void transaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    prepared(connection, "UPDATE orders SET total = 4 WHERE id = ?");
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void print(String what) {
    System.out.printf(
        Locale.ROOT,
        "%-34s PgJDBC %8.3f ms, Guard %8.3f ms, affectedRows %.2f times, estimatedCost %.2f times%n",
        what,
        median("direct " + what) / 1e6,
        median("free " + what) / 1e6,
        (double) median("ruled " + what) / median("free " + what),
        (double) median("priced " + what) / median("free " + what));
  }

  private long median(String what) {
    List<Long> sorted = new ArrayList<>(times.getOrDefault(what, List.of(0L)));
    sorted.sort(null);
    return sorted.get(sorted.size() / 2);
  }
}
