package io.pgguard.jdbc.internal;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
