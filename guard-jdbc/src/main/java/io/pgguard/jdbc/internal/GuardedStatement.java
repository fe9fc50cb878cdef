package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement whose results and connection are the guarded ones. */
class GuardedStatement extends StatementExecution {
  private final GuardedConnection connection;
  private final Statement statement;

  GuardedStatement(GuardedConnection connection, Statement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  @Override
  Statement raw() {
    return statement;
  }

  @Override
  GuardedConnection connection() {
    return connection;
  }

  /** The guarded form of a result of this statement. */
  final @Nullable ResultSet guarded(@Nullable ResultSet result) {
    return result == null ? null : new GuardedResultSet(this, connection, result);
  }

  @Override
  @SuppressWarnings("NullAway") // PgJDBC's answer, null included, is the caller's
  public ResultSet executeQuery(String sql) throws SQLException {
    return guarded(connection.run(sql, false, () -> raw().executeQuery(sql)));
  }

  @Override
  @SuppressWarnings("NullAway") // null is JDBC's word for "no result"
  public ResultSet getResultSet() throws SQLException {
    return guarded(raw().getResultSet());
  }

  @Override
  @SuppressWarnings("NullAway") // as PgJDBC answers
  public ResultSet getGeneratedKeys() throws SQLException {
    return guarded(raw().getGeneratedKeys());
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return connection.telling(() -> raw().getMoreResults());
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    return connection.telling(() -> raw().getMoreResults(current));
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isClosed()) {
      throw Told.of(DriverWording.STATEMENT_CLOSED.say());
    }
    return connection;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.of(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
