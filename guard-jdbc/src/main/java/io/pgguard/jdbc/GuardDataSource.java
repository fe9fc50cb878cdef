package io.pgguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Guarded connections for frameworks and pools that take a {@link DataSource}. Set the URL and
 * properties first; then thread-safe.
 */
public final class GuardDataSource extends GuardSource<GuardDataSource> implements DataSource {

  /**
   * @param url {@code jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}
   * @throws IllegalArgumentException when the URL is not a Guard URL
   */
  public GuardDataSource(String url) {
    setUrl(url);
  }

  /** One whose URL and properties are set before it is used, as pools do by their configuration. */
  public GuardDataSource() {}

  @Override
  GuardDataSource self() {
    return this;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw otherCredential();
  }
}
