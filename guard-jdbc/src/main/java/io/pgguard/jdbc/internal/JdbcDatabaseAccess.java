package io.pgguard.jdbc.internal;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.RestingConnections;
import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guard's own connections to a database, through plain PgJDBC with the configured credential. No
 * agent's text runs on them; the planner is asked about texts that every other check has passed.
 * Thread-safe.
 */
final class JdbcDatabaseAccess implements DatabaseAccess {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDatabaseAccess.class);
  private static final Driver DRIVER = new Driver();
  private static final int KEPT = 2;

  /**
   * The catalog is asked the same questions again and again: to plan them takes most of the time.
   */
  private static final String OPTIONS =
      "-c statement_timeout=60000 -c lock_timeout=5000 -c plan_cache_mode=force_generic_plan"
          + " -c random_page_cost=1";

  private final ServerAccount account;
  private final RestingConnections<Connection> resting =
      new RestingConnections<>(KEPT, new Plain());

  JdbcDatabaseAccess(ServerAccount account) {
    this.account = account;
  }

  @Override
  public String address() {
    return account.host() + ":" + account.port() + "/" + account.database();
  }

  @Override
  public String database() {
    return account.database();
  }

  @Override
  public String user() {
    return account.user();
  }

  @Override
  public CatalogQueries connect() {
    try {
      Optional<Connection> kept = resting.take();
      return new SideConnection(this, kept.isPresent() ? kept.get() : open());
    } catch (SQLException e) {
      throw SideConnection.unavailable("Guard's own connection to " + address() + " failed", e);
    }
  }

  private Connection open() throws SQLException {
    Properties properties = account.properties();
    properties.setProperty("ApplicationName", "guard");
    properties.setProperty("options", OPTIONS);
    properties.setProperty("prepareThreshold", "1"); // the same few questions, again and again
    Connection connection = DRIVER.connect(account.plainUrl(), properties);
    if (connection == null) {
      throw Told.of(DriverWording.NOT_TAKEN.say(account.plainUrl()));
    }
    return connection;
  }

  /** Keeps the connection for the next caller, unless it broke. */
  void giveBack(Connection connection) {
    resting.giveBack(connection);
  }

  /** Connections of PgJDBC. */
  private static final class Plain implements RestingConnections.Kind<Connection> {
    @Override
    public boolean answers(Connection connection) {
      try {
        return connection.isValid(5);
      } catch (SQLException e) {
        LOG.debug("one of Guard's own connections cannot be asked", e);
        return false;
      }
    }

    @Override
    public boolean isSound(Connection connection) {
      try {
        return !connection.isClosed();
      } catch (SQLException e) {
        LOG.debug("one of Guard's own connections cannot be asked", e);
        return false;
      }
    }

    @Override
    public void close(Connection connection) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("closing one of Guard's own connections", e);
      }
    }
  }

  @Override
  public void close() {
    resting.close();
  }
}
