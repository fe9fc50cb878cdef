package io.pgguard.corpus;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Reads all results of a statement and all that came beside them. One thread at a time. */
final class AnswerReader {
  /** Rows of which every getter is read; of the others, getString. */
  private static final int ROWS_BY_EVERY_GETTER = 20;

  private final Connection connection;
  private final boolean allGetters;
  private final Map<String, String> parameters = new HashMap<>();

  AnswerReader(Connection connection, boolean allGetters) throws SQLException {
    this.connection = connection;
    this.allGetters = allGetters;
    parameters.putAll(connection.unwrap(PGConnection.class).getParameterStatuses());
  }

  List<Answer> read(Statement statement, boolean firstHasRows) {
    List<Answer> answers = new ArrayList<>();
    boolean hasRows = firstHasRows;
    try {
      while (true) {
        Answer answer = new Answer();
        if (hasRows) {
          answers.add(answer);
          rows(statement.getResultSet(), answer);
        } else {
          long count = statement.getUpdateCount();
          if (count < 0) {
            break;
          }
          answer.tag = "DONE " + count;
          answers.add(answer);
        }
        hasRows = statement.getMoreResults();
      }
      if (answers.isEmpty()) {
        answers.add(new Answer());
      }
      Answer last = answers.get(answers.size() - 1);
      warnings(statement.getWarnings(), last);
      asynchronous(last);
    } catch (SQLException e) {
      answers.add(failure(statement, e));
    }
    return answers;
  }

  private void rows(ResultSet rows, Answer answer) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    for (int i = 1; i <= columns; i++) {
      answer.labels.add(meta.getColumnLabel(i));
      answer.types.add(meta.getColumnTypeName(i));
      if (allGetters) {
        answer.otherGetters.add(meta.getColumnName(i) + " " + meta.getTableName(i));
      }
    }
    while (rows.next()) {
      List<@Nullable String> row = new ArrayList<>();
      Set<String> others = new LinkedHashSet<>();
      for (int i = 1; i <= columns; i++) {
        String plain = plain(rows, i, answer.types.get(i - 1));
        row.add(plain);
        if (allGetters && answer.rows.size() < ROWS_BY_EVERY_GETTER) {
          Getters.read(rows, i, answer.labels.get(i - 1), plain, others);
        }
      }
      answer.rows.add(row);
      answer.otherGetters.addAll(others);
    }
    warnings(rows.getWarnings(), answer);
    answer.tag = "SELECT " + answer.rows.size();
  }

  /** PgJDBC's getString of a binary bytea names a Java object, a new one each time. */
  private static @Nullable String plain(ResultSet rows, int column, String type)
      throws SQLException {
    if (!type.equals("bytea")) {
      return rows.getString(column);
    }
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes);
  }

  /** An error, with the warnings and reports that came before it. */
  Answer failure(@Nullable Statement statement, SQLException error) {
    Answer answer = Answer.failed(error);
    try {
      if (statement != null) {
        warnings(statement.getWarnings(), answer);
      }
      asynchronous(answer);
    } catch (SQLException e) {
      error.addSuppressed(e); // on a lost connection there is nothing more to read
    }
    return answer;
  }

  /** Notifications, changed parameters and the connection's warnings. */
  void asynchronous(Answer answer) throws SQLException {
    warnings(connection.getWarnings(), answer);
    connection.clearWarnings();
    PGConnection pg = connection.unwrap(PGConnection.class);
    PGNotification[] notifications = pg.getNotifications();
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        answer.notifications.add(notification.getName() + " " + notification.getParameter());
      }
    }
    for (Map.Entry<String, String> entry : pg.getParameterStatuses().entrySet()) {
      if (!entry.getValue().equals(parameters.put(entry.getKey(), entry.getValue()))) {
        answer.parameters.add(entry.getKey() + "=" + entry.getValue());
      }
    }
  }

  private static void warnings(@Nullable SQLWarning first, Answer answer) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      answer.warnings.add(ErrorText.of(warning));
    }
  }
}
