package io.pgguard.proxy.database;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.RestingConnections;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Guard's own connections to one server of a database, beside the sessions: they read the catalog
 * and ask the planner. No agent's text runs on them. They wait, so no event loop may use them.
 * Thread-safe.
 */
public final class OwnConnections implements DatabaseAccess {
  private static final int KEPT = 4;

  /** Where the platform lacks what it takes, the setting makes a login fail. */
  private static final String LOOKS_FOR_CLIENTS =
      "SELECT 1 FROM pg_catalog.pg_settings"
          + " WHERE name = 'client_connection_check_interval' AND setting = '0'"
          + " AND pg_catalog.version() LIKE '%linux%'";

  private final ServedDatabase database;
  private final ServerAddress server;
  private final ServerTls tls;
  private final RestingConnections<OwnConnection> resting =
      new RestingConnections<>(KEPT, new Own());
  private volatile @Nullable Boolean looksForClients;

  OwnConnections(ServedDatabase database, ServerAddress server, ServerTls tls) {
    this.database = database;
    this.server = server;
    this.tls = tls;
  }

  @Override
  public String address() {
    return server + "/" + database.database();
  }

  @Override
  public String database() {
    return database.database();
  }

  @Override
  public String user() {
    return database.user();
  }

  @Override
  public CatalogQueries connect() {
    NeverOnALoop.check("one of Guard's own connections");
    OwnConnection connection = resting.take().orElseGet(this::open);
    return new CatalogQueries() {
      @Override
      public void forEachRow(
          String sql, java.util.function.Consumer<io.pgguard.catalog.CatalogRow> row) {
        connection.forEachRow(sql, row);
      }

      @Override
      public void close() {
        resting.giveBack(connection);
      }
    };
  }

  /**
   * Whether its backends can be told to look now and then whether their client is still there, and
   * do not so by themselves. Asked once; may wait.
   *
   * @throws CatalogUnavailableException when the server does not answer
   */
  public boolean looksForClients() {
    Boolean known = looksForClients;
    if (known == null) {
      boolean[] found = {false};
      try (CatalogQueries queries = connect()) {
        queries.forEachRow(LOOKS_FOR_CLIENTS, row -> found[0] = true);
      }
      known = found[0];
      looksForClients = known;
    }
    return known;
  }

  private OwnConnection open() {
    try {
      return OwnConnection.open(database, server, tls);
    } catch (IOException e) {
      throw new CatalogUnavailableException(
          "Guard's own connection to " + address() + " failed: " + e.getMessage(), e);
    }
  }

  /** Connections of the proxy's own kind. */
  private static final class Own implements RestingConnections.Kind<OwnConnection> {
    @Override
    public boolean answers(OwnConnection connection) {
      return connection.answers();
    }

    @Override
    public boolean isSound(OwnConnection connection) {
      return connection.isSound();
    }

    @Override
    public void close(OwnConnection connection) {
      connection.close();
    }
  }

  @Override
  public void close() {
    resting.close();
  }
}
