package io.pgguard.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * One session of an agent over JDBC: sends texts in one mode and keeps all that comes back. One
 * thread at a time.
 */
final class AgentSession implements AutoCloseable {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|--[^\\r\\n]*");
  private static final Pattern COPY_OUT =
      Pattern.compile("(?is)[\\s;(]*copy\\b.*\\bto\\s+stdout.*");

  private final Connection connection;
  private final Mode mode;
  private final AnswerReader reader;
  private final long patienceMillis;

  /**
   * @param allGetters whether every getter is read, or getString alone
   * @param patienceMillis after this a statement is cancelled
   */
  AgentSession(Connection connection, Mode mode, boolean allGetters, long patienceMillis)
      throws SQLException {
    this.connection = connection;
    this.mode = mode;
    this.patienceMillis = patienceMillis;
    this.reader = new AnswerReader(connection, allGetters);
  }

  /** Runs a text in the session's mode; prepared ones twice where asked. */
  List<Answer> run(String sql, boolean again) {
    String bare = COMMENT.matcher(sql).replaceAll(" ");
    if (COPY_OUT.matcher(bare).matches()) {
      return List.of(copy(sql));
    }
    return mode == Mode.STATEMENT ? statement(sql) : prepared(sql, List.of(), again);
  }

  boolean usable() {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false; // a connection that cannot say is not usable
    }
  }

  List<Answer> statement(String sql) {
    try (Statement statement = connection.createStatement()) {
      return timed(statement, () -> statement.execute(sql));
    } catch (SQLException e) {
      return List.of(reader.failure(null, e));
    }
  }

  /** A prepared statement with values for its numbered parameters, as text of unsaid type. */
  List<Answer> prepared(String sql, List<String> values, boolean again) {
    NumberedParameters text = NumberedParameters.read(sql, !values.isEmpty());
    List<Answer> answers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(text.sql())) {
      for (int i = 0; i < text.numbers().size(); i++) {
        statement.setObject(i + 1, values.get(text.numbers().get(i) - 1), Types.OTHER);
      }
      answers.addAll(timed(statement, statement::execute));
      if (again && usable()) {
        answers.addAll(timed(statement, statement::execute));
      }
    } catch (SQLException e) {
      answers.add(reader.failure(null, e));
    }
    return answers;
  }

  private interface Execution {
    boolean run() throws SQLException;
  }

  private List<Answer> timed(Statement statement, Execution execution) {
    long start = System.nanoTime();
    Cancel cancel = new Cancel(statement);
    ScheduledFuture<?> pending =
        Cancel.TIMER.schedule(cancel, patienceMillis, TimeUnit.MILLISECONDS);
    List<Answer> answers;
    try {
      answers = reader.read(statement, execution.run());
    } catch (SQLException e) {
      answers = List.of(reader.failure(statement, e));
    } catch (RuntimeException e) {
      answers = List.of(reader.failure(statement, new SQLException(e.toString(), "XX000", e)));
    } finally {
      pending.cancel(false);
    }
    long nanos = System.nanoTime() - start;
    for (Answer answer : answers) {
      answer.nanos = nanos;
      answer.cancelled = cancel.sent();
    }
    return answers;
  }

  private Answer copy(String sql) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Answer answer = new Answer();
    try {
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, bytes);
      answer.tag = "COPY " + rows;
      reader.asynchronous(answer);
    } catch (SQLException e) {
      answer = reader.failure(null, e);
    } catch (IOException e) {
      answer = reader.failure(null, new SQLException(e.toString(), "08006", e));
    }
    answer.copied = bytes.toByteArray();
    return answer;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      System.err.println("closing: " + e.getMessage()); // the line is judged by what came before
    }
  }
}
