package io.pgguard.jdbc;

import io.pgguard.jdbc.internal.PooledConnections;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/**
 * Guarded connections for transaction managers. What they send ({@code BEGIN}, {@code PREPARE
 * TRANSACTION}, {@code COMMIT PREPARED}) is decided on like any statement. Set the URL and
 * properties first; then thread-safe.
 */
public final class GuardXADataSource extends GuardSource<GuardXADataSource>
    implements XADataSource {

  /**
   * @param url {@code jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}
   * @throws IllegalArgumentException when the URL is not a Guard URL
   */
  public GuardXADataSource(String url) {
    setUrl(url);
  }

  /** One whose URL and properties are set before it is used, as pools do by their configuration. */
  public GuardXADataSource() {}

  @Override
  GuardXADataSource self() {
    return this;
  }

  @Override
  public XAConnection getXAConnection() throws SQLException {
    return PooledConnections.xa(connect());
  }

  @Override
  public XAConnection getXAConnection(String username, String password) throws SQLException {
    throw otherCredential();
  }
}
