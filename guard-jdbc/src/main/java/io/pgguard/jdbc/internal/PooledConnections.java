package io.pgguard.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import org.postgresql.ds.PGPooledConnection;
import org.postgresql.xa.PGXAConnection;

/**
 * PgJDBC's pooled and distributed connections over a guarded one: they send by it whatever they
 * send. Each borrower begins a request of its own.
 */
public final class PooledConnections {
  private PooledConnections() {}

  /** One that a pool lends. */
  public static PooledConnection of(GuardedConnection connection) {
    return new Pooled(connection);
  }

  /** One that a transaction manager lends. */
  public static XAConnection xa(GuardedConnection connection) throws SQLException {
    return new Distributed(connection);
  }

  private static final class Pooled extends PGPooledConnection {
    private final GuardedConnection connection;

    Pooled(GuardedConnection connection) {
      super(connection, true);
      this.connection = connection;
    }

    @Override
    public Connection getConnection() throws SQLException {
      connection.beginRequest();
      return super.getConnection();
    }
  }

  private static final class Distributed extends PGXAConnection {
    private final GuardedConnection connection;

    Distributed(GuardedConnection connection) throws SQLException {
      super(connection);
      this.connection = connection;
    }

    @Override
    public Connection getConnection() throws SQLException {
      connection.beginRequest();
      return super.getConnection();
    }
  }
}
