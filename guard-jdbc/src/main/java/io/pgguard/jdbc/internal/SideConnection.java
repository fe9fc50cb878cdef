package io.pgguard.jdbc.internal;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogQuestion;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/** One of Guard's own connections, lent to one caller at a time. */
final class SideConnection implements CatalogQueries {
  private final JdbcDatabaseAccess access;
  private final Connection connection;

  SideConnection(JdbcDatabaseAccess access, Connection connection) {
    this.access = access;
    this.connection = connection;
  }

  @Override
  public void forEachRow(String sql, Consumer<CatalogRow> row) {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return;
      }
      try (ResultSet result = statement.getResultSet()) {
        CatalogRow values = position -> text(result, position);
        while (result.next()) {
          row.accept(values);
        }
      }
    } catch (SQLException e) {
      throw unavailable("the server did not answer Guard's own query", e);
    }
  }

  /**
   * All in one way to the server and back. The driver knows texts that it has sent before, and the
   * server their plans.
   */
  @Override
  public void ask(List<CatalogQuestion> questions) {
    StringBuilder text = new StringBuilder();
    for (CatalogQuestion question : questions) {
      text.append(text.length() == 0 ? "" : ";\n").append(question.marked("?"));
    }
    try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
      int place = 0;
      for (CatalogQuestion question : questions) {
        for (String value : question.values()) {
          statement.setString(++place, value);
        }
      }
      boolean rows = statement.execute();
      for (CatalogQuestion question : questions) {
        if (rows) {
          pass(statement, question);
        }
        rows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      throw unavailable("the server did not answer Guard's own query", e);
    }
  }

  private static void pass(PreparedStatement statement, CatalogQuestion question)
      throws SQLException {
    try (ResultSet result = statement.getResultSet()) {
      CatalogRow values = position -> text(result, position);
      while (result.next()) {
        question.rows().accept(values);
      }
    }
  }

  private static String text(ResultSet result, int position) {
    try {
      return result.getString(position + 1);
    } catch (SQLException e) {
      throw unavailable("a value of Guard's own query cannot be read", e);
    }
  }

  static CatalogUnavailableException unavailable(String what, SQLException e) {
    return new CatalogUnavailableException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    access.giveBack(connection);
  }
}
