package io.pgguard.jdbc.internal;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
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
      "-c statement_timeout=60000 -c lock_timeout=5000 -c plan_cache_mode=force_generic_plan";

  /** A connection that rested for less is taken to be alive: to ask costs a round trip. */
  private static final long FRESH_NANOS = 500_000_000;

  private final ServerAccount account;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

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
      Connection kept = take();
      return new SideConnection(this, kept == null ? open() : kept);
    } catch (SQLException e) {
      throw SideConnection.unavailable("Guard's own connection to " + address() + " failed", e);
    }
  }

  /** A connection that nobody uses, and since when. */
  private record Idle(Connection connection, long since) {
    boolean isAlive() throws SQLException {
      return System.nanoTime() - since < FRESH_NANOS || connection.isValid(5);
    }
  }

  private @Nullable Connection take() throws SQLException {
    while (true) {
      Idle kept;
      synchronized (idle) {
        kept = idle.poll();
      }
      if (kept == null) {
        return null;
      }
      if (kept.isAlive()) {
        return kept.connection();
      }
      kept.connection().close();
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
    boolean broken = isClosed(connection);
    synchronized (idle) {
      if (!broken && !closed && idle.size() < KEPT) {
        idle.push(new Idle(connection, System.nanoTime()));
        return;
      }
    }
    close(connection);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      LOG.debug("one of Guard's own connections cannot be asked", e);
      return true;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("closing one of Guard's own connections", e);
    }
  }

  @Override
  public void close() {
    Deque<Idle> open;
    synchronized (idle) {
      closed = true;
      open = new ArrayDeque<>(idle);
      idle.clear();
    }
    open.forEach(kept -> close(kept.connection()));
  }
}
