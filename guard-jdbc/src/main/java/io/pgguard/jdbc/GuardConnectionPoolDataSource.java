package io.pgguard.jdbc;

import io.pgguard.jdbc.internal.PooledConnections;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;

/**
 * Guarded connections for pools that take a {@link ConnectionPoolDataSource}: what one borrower of
 * a connection said, the next has not. Set the URL and properties first; then thread-safe.
 */
public final class GuardConnectionPoolDataSource extends GuardSource<GuardConnectionPoolDataSource>
    implements ConnectionPoolDataSource {

  /**
   * @param url {@code jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}
   * @throws IllegalArgumentException when the URL is not a Guard URL
   */
  public GuardConnectionPoolDataSource(String url) {
    setUrl(url);
  }

  /** One whose URL and properties are set before it is used, as pools do by their configuration. */
  public GuardConnectionPoolDataSource() {}

  @Override
  GuardConnectionPoolDataSource self() {
    return this;
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return PooledConnections.of(connect());
  }

  @Override
  public PooledConnection getPooledConnection(String username, String password)
      throws SQLException {
    throw otherCredential();
  }
}
