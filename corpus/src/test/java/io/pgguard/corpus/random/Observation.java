package io.pgguard.corpus.random;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Everything that one run of a statement gave.
 *
 * @param columns labels and types
 * @param state the SQLSTATE of the error, or empty
 * @param error every field of the error, or empty
 */
record Observation(
    List<String> columns,
    List<List<String>> rows,
    long updates,
    String state,
    String error,
    List<String> warnings) {
  private static final String NULL = "\0null";

  Observation {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  boolean failed() {
    return !state.isEmpty();
  }

  /** Runs the statement; a write in a transaction that is rolled back. */
  static Observation of(Connection connection, String sql, boolean writes, boolean prepared)
      throws SQLException {
    connection.setAutoCommit(!writes);
    try {
      if (prepared && sql.indexOf('?') < 0) {
        try (var statement = connection.prepareStatement(sql)) {
          return read(statement, statement.execute());
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        return read(statement, statement.execute(sql));
      }
    } catch (SQLException e) {
      return failure(e);
    } finally {
      if (writes && !connection.isClosed()) {
        connection.rollback();
      }
    }
  }

  private static Observation read(Statement statement, boolean rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<List<String>> values = new ArrayList<>();
    if (rows) {
      try (ResultSet result = statement.getResultSet()) {
        ResultSetMetaData data = result.getMetaData();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          columns.add(
              data.getColumnLabel(i)
                  + " "
                  + data.getColumnTypeName(i)
                  + " "
                  + data.getPrecision(i));
        }
        while (result.next()) {
          List<String> row = new ArrayList<>(columns.size());
          for (int i = 1; i <= columns.size(); i++) {
            String value = result.getString(i);
            row.add(value == null ? NULL : value);
          }
          values.add(row);
        }
      }
    }
    List<String> warnings = new ArrayList<>();
    for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
      warnings.add(String.valueOf(w.getMessage()));
    }
    return new Observation(columns, values, statement.getLargeUpdateCount(), "", "", warnings);
  }

  private static Observation failure(SQLException e) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = e; t != null; t = t.getCause()) {
      text.append(t.getMessage()).append('\n');
      if (t instanceof PSQLException p) {
        ServerErrorMessage m = p.getServerErrorMessage();
        if (m != null) {
          text.append(m.getDetail())
              .append('\n')
              .append(m.getHint())
              .append('\n')
              .append(m.getWhere())
              .append('\n')
              .append(m.getInternalQuery());
        }
      }
    }
    String state = e.getSQLState() == null ? "?????" : e.getSQLState();
    return new Observation(List.of(), List.of(), -1, state, text.toString(), List.of());
  }

  /** What the other run gave that this one did not, or nothing. */
  String difference(Observation other) {
    if (!state.equals(other.state)) {
      return "SQLSTATE " + state + " against " + other.state + ": " + (error + other.error).strip();
    }
    if (!columns.equals(other.columns)) {
      return "columns " + columns + " against " + other.columns;
    }
    if (updates != other.updates) {
      return "update count " + updates + " against " + other.updates;
    }
    if (rows.size() != other.rows.size()) {
      return "rows " + rows.size() + " against " + other.rows.size();
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(other.rows.get(i))) {
        return "row " + i + " " + rows.get(i) + " against " + other.rows.get(i);
      }
    }
    return warnings.equals(other.warnings)
        ? ""
        : "warnings " + warnings + " against " + other.warnings;
  }

  /** Every text that the run gave, each on its own. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(columns);
    rows.forEach(texts::addAll);
    texts.add(error);
    texts.addAll(warnings);
    return texts;
  }
}
