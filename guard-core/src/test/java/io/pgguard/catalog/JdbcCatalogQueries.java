package io.pgguard.catalog;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** Catalog queries over a JDBC connection, for tests. */
public final class JdbcCatalogQueries implements CatalogQueries {
  private final Connection connection;

  public JdbcCatalogQueries(Connection connection) {
    this.connection = connection;
  }

  /** Opens a connection; it is closed with the queries. */
  public static JdbcCatalogQueries open(String url, String user, String password) {
    try {
      return new JdbcCatalogQueries(DriverManager.getConnection(url, user, password));
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }

  /** The same to a database of a test, as superuser. */
  public static JdbcCatalogQueries open(TestPostgres postgres, String database) {
    return open(postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  @Override
  public void forEachRow(String sql, Consumer<CatalogRow> row) {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return;
      }
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          row.accept(position -> text(result, position));
        }
      }
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }

  private static String text(ResultSet result, int position) {
    try {
      return result.getString(position + 1);
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new CatalogUnavailableException("the query failed: " + e.getMessage(), e);
    }
  }
}
