package io.pgguard.corpus.worlds;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Guard's own way to a world. Worlds with the same address share one catalog and its plans, which
 * their being clones allows: so each text is decided once.
 */
record WorldAccess(WorldDatabases worlds, World world, String address) implements DatabaseAccess {
  @Override
  public String database() {
    return worlds.name(world);
  }

  @Override
  public String user() {
    return WorldDatabases.USER;
  }

  @Override
  public CatalogQueries connect() {
    try {
      return new Queries(worlds.direct(world));
    } catch (SQLException e) {
      throw new CatalogUnavailableException("no connection to " + database(), e);
    }
  }

  @Override
  public void close() {}

  private record Queries(Connection connection) implements CatalogQueries {
    @Override
    public void forEachRow(String sql, Consumer<CatalogRow> row) {
      try (Statement statement = connection.createStatement()) {
        if (!statement.execute(sql)) {
          return;
        }
        try (ResultSet result = statement.getResultSet()) {
          CatalogRow values =
              position -> {
                try {
                  return result.getString(position + 1);
                } catch (SQLException e) {
                  throw new CatalogUnavailableException("a value cannot be read", e);
                }
              };
          while (result.next()) {
            row.accept(values);
          }
        }
      } catch (SQLException e) {
        throw new CatalogUnavailableException("the server did not answer: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new CatalogUnavailableException("closing a connection", e);
      }
    }
  }
}
