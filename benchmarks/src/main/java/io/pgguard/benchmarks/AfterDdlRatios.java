package io.pgguard.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement of a known text takes directly after DDL, beside the same without DDL in front:
 * DDL of its own session, of another session through Guard, and of one that Guard does not see. All
 * take turns in one run, directly and through Guard; medians are compared. Goal: at most 1.5 times.
 * DDL through Guard in another database tells what is due to the work that went before alone. What
 * each takes of the processors, this process and the server's, is told besides.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.pgguard.benchmarks.AfterDdlRatios [rounds] [tables]
 * </pre>
 */
public final class AfterDdlRatios {
  private static final String OPEN = "SELECT status FROM orders WHERE id = 7";
  private static final String HIDDEN = "SELECT name, email FROM customers WHERE id = 7";

  private final Map<String, List<Long>> times = new LinkedHashMap<>();
  private @Nullable ProcessorTime processors;
  private int made;
  private int madeElsewhere;

  private AfterDdlRatios() {}

  /**
   * Prints the ratios.
   *
   * @param arguments how many rounds, 40 unless given; how many tables, each with a view over it,
   *     there are besides, 200 unless given
   */
  public static void main(String[] arguments) throws SQLException {
    int rounds = arguments.length == 0 ? 40 : Integer.parseInt(arguments[0]);
    int tables = arguments.length < 2 ? 200 : Integer.parseInt(arguments[1]);
    new AfterDdlRatios().run(rounds, tables);
    System.exit(0);
  }

  private void run(int rounds, int tables) throws SQLException {
    StringBuilder more = new StringBuilder("CREATE TABLE changing (id int PRIMARY KEY, n text);");
    for (int i = 0; i < tables; i++) {
      more.append("CREATE TABLE t" + i + " (id int PRIMARY KEY, name text, email text, at date);")
          .append("CREATE VIEW v" + i + " AS SELECT t.id, t.name, c.email FROM t" + i)
          .append(" t JOIN customers c USING (id) WHERE c.city = 'Oslo';");
    }
    try (BenchmarkDatabase database = BenchmarkDatabase.start(more.toString());
        BenchmarkDatabase second = BenchmarkDatabase.start(more.toString());
        Connection elsewhere = second.connect(true);
        Connection direct = database.connect(false);
        Connection guarded = database.connect(true);
        Connection outside = database.connect(false);
        Connection other = database.connect(true)) {
      for (int round = 0; round < 2 * rounds; round++) {
        if (round == rounds) {
          times.clear(); // what came before was to warm up
          processors = new ProcessorTime(List.of(direct, elsewhere));
        }
        round("direct", direct, outside, outside, elsewhere);
        round("Guard", guarded, other, outside, elsewhere);
      }
    }
    for (String table : List.of("open", "hidden")) {
      for (String after :
          List.of("", " after own", " after other's", " after elsewhere", " after outside")) {
        print(table + after, table);
      }
    }
    print("ddl", "ddl");
  }

  private void round(
      String way, Connection own, Connection other, Connection outside, Connection elsewhere)
      throws SQLException {
    for (String table : List.of("open", "hidden")) {
      String sql = table.equals("open") ? OPEN : HIDDEN;
      String name = way + " " + table;
      settle();
      for (int i = 0; i < 2; i++) {
        time(name + " before", own, sql);
      }
      time(name, own, sql);
      time(way + " ddl", own, ddl(made++));
      time(name + " after own", own, sql);
      time(way + " ddl", own, ddl(made++));
      time(name + " after own", own, sql);
      time(way + " ddl of another", other, ddl(made++));
      time(name + " after other's", own, sql);
      time("ddl elsewhere", elsewhere, ddl(madeElsewhere++));
      time(name + " after elsewhere", own, sql);
      time("ddl outside", outside, ddl(made++));
      time(name + " after outside", own, sql);
    }
  }

  /** Long enough for Guard to read what was changed from outside, which it does not wait for. */
  private static void settle() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** DDL of several kinds in turns. */
  private static String ddl(int number) {
    return switch (number % 5) {
      case 0 -> "ALTER TABLE changing ADD COLUMN more int";
      case 1 -> "ALTER TABLE changing ALTER n SET DEFAULT 'a" + number + "'";
      case 2 -> "CREATE TABLE made (id int PRIMARY KEY, note text)";
      case 3 -> "DROP TABLE made";
      default -> "ALTER TABLE changing DROP COLUMN more";
    };
  }

  private void time(String what, Connection connection, String sql) throws SQLException {
    long own = ProcessorTime.own();
    long server = processors == null ? 0 : processors.server();
    long before = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
    add(what, System.nanoTime() - before);
    add(what + " of server", processors == null ? 0 : processors.server() - server);
    add(what + " of process", ProcessorTime.own() - own);
  }

  private void add(String what, long nanoseconds) {
    times.computeIfAbsent(what, name -> new ArrayList<>()).add(nanoseconds);
  }

  private void print(String what, String without) {
    System.out.printf(
        Locale.ROOT,
        "%-22s direct %7.3f ms, %5.2f times without; Guard %7.3f ms, %5.2f times without, %5.2f times"
            + " direct; processors: direct %.3f + %.3f, Guard %.3f + %.3f ms, %5.2f times without%n",
        what,
        median("direct " + what) / 1e6,
        median("direct " + what) / median("direct " + without),
        median("Guard " + what) / 1e6,
        median("Guard " + what) / median("Guard " + without),
        median("Guard " + what) / median("direct " + what),
        median("direct " + what + " of process") / 1e6,
        median("direct " + what + " of server") / 1e6,
        median("Guard " + what + " of process") / 1e6,
        median("Guard " + what + " of server") / 1e6,
        (median("Guard " + what + " of process") + median("Guard " + what + " of server"))
            / (median("Guard " + without + " of process")
                + median("Guard " + without + " of server")));
  }

  private double median(String what) {
    List<Long> sorted = new ArrayList<>(times.getOrDefault(what, List.of(0L)));
    sorted.sort(null);
    return sorted.get(sorted.size() / 2);
  }
}
