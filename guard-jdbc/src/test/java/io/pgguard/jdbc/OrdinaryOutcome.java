package io.pgguard.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a client sees of a text, in words that can be compared. */
final class OrdinaryOutcome {
  private OrdinaryOutcome() {}

  static String of(Connection connection, OrdinaryScript.Line line) {
    try (Statement statement = connection.createStatement()) {
      StringBuilder seen = new StringBuilder();
      boolean rows = statement.execute(line.sql());
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          rows(statement.getResultSet(), seen);
        } else {
          seen.append("  changed ").append(statement.getUpdateCount()).append('\n');
        }
        rows = statement.getMoreResults();
      }
      return seen.toString();
    } catch (SQLException e) {
      return "  " + error(e, line.words()) + "\n";
    }
  }

  private static void rows(ResultSet result, StringBuilder seen) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      seen.append("  ").append(columns.getColumnLabel(i)).append(' ');
      seen.append(columns.getColumnTypeName(i));
    }
    seen.append('\n');
    while (result.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        seen.append("  ").append(result.getString(i));
      }
      seen.append('\n');
    }
  }

  private static String error(SQLException e, boolean words) {
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return e.getSQLState() + " " + e.getMessage();
    }
    String names =
        String.format(
            "%s at %d of %s.%s.%s %s %s",
            e.getSQLState(),
            server.getPosition(),
            server.getSchema(),
            server.getTable(),
            server.getColumn(),
            server.getConstraint(),
            server.getDatatype());
    return words
        ? names + ": " + server.getMessage() + " / " + server.getDetail() + " / " + server.getHint()
        : names;
  }
}
