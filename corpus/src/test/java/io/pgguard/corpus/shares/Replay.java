package io.pgguard.corpus.shares;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Replays statements of a file through Guard's public JDBC driver, in worlds that differ in
 * protected values alone, and writes what became of each. It uses {@code java.sql} alone, so that
 * one source runs on the classpath of any build, an older one too:
 *
 * <pre>java -cp DRIVER Replay.java DIRECTORY HOST:PORT OUT</pre>
 *
 * <p>{@code DIRECTORY} is what {@code SharesIT} wrote; the server has a superuser {@code postgres}
 * whose password is {@code postgres}. A line of {@code OUT} is: number, kind, whether it is over
 * protected relations, what became of it, whether Guard's answers differ from world to world, how
 * many cells are the same in all worlds, how many of those Guard gave as they are, and why it was
 * refused.
 */
public final class Replay {
  private static final int WORLDS = 5;
  private static final Pattern PSEUDONYM = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private final Path directory;
  private final String server;
  private final String stem;
  private final List<Connection> guarded = new ArrayList<>();
  private final List<Connection> direct = new ArrayList<>();

  private Replay(Path directory, String server) {
    this.directory = directory;
    this.server = server;
    this.stem = "shares_" + ProcessHandle.current().pid() + "_";
  }

  /** What one text gave: its rows as texts, or the error in place of them. */
  private record Answer(String state, String message, List<List<String>> rows) {
    boolean refused() {
      return message.startsWith("Guard ") || message.contains(" Guard refused");
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (List<String> row : rows) {
        lines.add(PSEUDONYM.matcher(String.join(" ", row)).replaceAll("#"));
      }
      lines.sort(null);
      lines.add(state);
      return lines;
    }
  }

  /**
   * Replays.
   *
   * @param arguments the directory, the server, and the file to write
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    Replay replay = new Replay(Path.of(arguments[0]), arguments[1]);
    replay.makeWorlds();
    replay.run(Path.of(arguments[2]));
  }

  private void makeWorlds() throws SQLException, IOException {
    try (Connection admin = admin("postgres")) {
      execute(admin, Files.readString(directory.resolve("role.sql")));
      for (int world = 0; world < WORLDS; world++) {
        execute(admin, "DROP DATABASE IF EXISTS " + stem + world + " WITH (FORCE)");
      }
      execute(admin, "DROP DATABASE IF EXISTS " + stem + "t");
      execute(
          admin,
          "CREATE DATABASE " + stem + "t TEMPLATE template0 ENCODING 'UTF8' OWNER worlds_owner");
      try (Connection template = admin(stem + "t")) {
        execute(template, Files.readString(directory.resolve("schema.sql")));
      }
      for (int world = 0; world < WORLDS; world++) {
        execute(
            admin,
            "CREATE DATABASE " + stem + world + " TEMPLATE " + stem + "t OWNER worlds_owner");
        try (Connection filled = admin(stem + world)) {
          execute(filled, Files.readString(directory.resolve("world-" + world + ".sql")));
          execute(filled, "VACUUM ANALYZE");
        }
        guarded.add(guarded(world));
        direct.add(direct(world));
      }
    }
  }

  private Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server + "/" + database, "postgres", "postgres");
  }

  private Connection direct(int world) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server + "/" + stem + world, "worlds_owner", "worlds");
  }

  private Connection guarded(int world) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "worlds");
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://"
            + server
            + "/"
            + stem
            + world
            + "?guard.config="
            + directory.resolve("guard.yaml"),
        properties);
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    }
  }

  private void run(Path out) throws IOException, SQLException {
    List<String> lines = Files.readAllLines(directory.resolve("statements.tsv"));
    try (BufferedWriter writer = Files.newBufferedWriter(out)) {
      for (int i = 0; i < lines.size(); i++) {
        writer.write(became(lines.get(i).split("\t", -1)));
        writer.newLine();
        if (i % 500 == 499) {
          System.out.printf("%d of %d%n", i + 1, lines.size());
        }
      }
    }
  }

  private String became(String[] line) throws SQLException {
    int main = Integer.parseInt(line[3]);
    List<String> texts = new ArrayList<>();
    for (int i = 4; i < line.length; i++) {
      texts.add(line[i].replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\"));
    }
    List<List<Answer>> seen = new ArrayList<>();
    List<List<Answer>> own = new ArrayList<>();
    for (int world = 0; world < WORLDS; world++) {
      if (guarded.get(world).isClosed()) {
        guarded.set(world, guarded(world));
      }
      if (direct.get(world).isClosed()) {
        direct.set(world, direct(world));
      }
      seen.add(answers(guarded.get(world), texts));
      own.add(answers(direct.get(world), texts));
    }
    Answer counted = seen.get(0).get(main);
    String became =
        counted.refused() ? "refused" : counted.state().isEmpty() ? "admitted" : "failed";
    long open = 0;
    long unchanged = 0;
    for (int text = 0; text < texts.size(); text++) {
      for (int row = 0; row < own.get(0).get(text).rows().size(); row++) {
        for (int cell = 0; cell < own.get(0).get(text).rows().get(row).size(); cell++) {
          String value = cell(own.get(0).get(text), row, cell);
          boolean everywhere = true;
          for (List<Answer> world : own) {
            everywhere &= cell(world.get(text), row, cell).equals(value);
          }
          boolean came = seen.get(0).get(text).rows().size() > row;
          open += everywhere && came ? 1 : 0;
          unchanged +=
              everywhere && came && cell(seen.get(0).get(text), row, cell).equals(value) ? 1 : 0;
        }
      }
    }
    return String.join(
        "\t",
        line[0],
        line[1],
        line[2],
        became,
        Boolean.toString(differs(seen)),
        Long.toString(open),
        Long.toString(unchanged),
        counted.message().replaceAll("[\\t\\n\\r]", " "));
  }

  private static boolean differs(List<List<Answer>> seen) {
    for (List<Answer> world : seen) {
      for (int text = 0; text < world.size(); text++) {
        if (!world.get(text).lines().equals(seen.get(0).get(text).lines())) {
          return true;
        }
      }
    }
    return false;
  }

  private static String cell(Answer answer, int row, int cell) {
    return answer.rows().size() > row && answer.rows().get(row).size() > cell
        ? answer.rows().get(row).get(cell)
        : "no cell";
  }

  private static List<Answer> answers(Connection connection, List<String> texts) {
    List<Answer> answers = new ArrayList<>();
    for (String text : texts) {
      answers.add(answer(connection, text));
    }
    return answers;
  }

  private static Answer answer(Connection connection, String text) {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      boolean result = statement.execute(text);
      while (result || statement.getUpdateCount() >= 0) {
        if (result) {
          read(statement, rows);
        }
        result = statement.getMoreResults();
      }
      return new Answer("", "", rows);
    } catch (SQLException e) {
      String state = e.getSQLState();
      String message = e.getMessage();
      return new Answer(
          state == null ? "none" : state,
          message == null ? "" : message.replaceFirst("^ERROR: ", ""),
          rows);
    }
  }

  private static void read(Statement statement, List<List<String>> rows) throws SQLException {
    try (ResultSet result = statement.getResultSet()) {
      int count = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
    }
  }
}
