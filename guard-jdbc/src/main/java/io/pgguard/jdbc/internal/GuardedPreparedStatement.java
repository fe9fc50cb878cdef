package io.pgguard.jdbc.internal;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** A prepared statement whose results and connection are the guarded ones. */
class GuardedPreparedStatement extends ParameterSetters {
  private final PreparedStatement statement;

  private final String sql;

  GuardedPreparedStatement(GuardedConnection connection, String sql, PreparedStatement statement) {
    super(connection, statement);
    this.sql = sql;
    this.statement = statement;
  }

  @Override
  @SuppressWarnings("NullAway") // as PgJDBC answers
  public ResultSet executeQuery() throws SQLException {
    return guarded(connection().run(sql, true, statement::executeQuery));
  }

  @Override
  public int executeUpdate() throws SQLException {
    return connection().run(sql, true, statement::executeUpdate);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return connection().run(sql, true, statement::executeLargeUpdate);
  }

  @Override
  public boolean execute() throws SQLException {
    return connection().run(sql, true, statement::execute);
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return connection().run(sql, true, statement::executeBatch);
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return connection().run(sql, true, statement::executeLargeBatch);
  }

  @Override
  public void addBatch() throws SQLException {
    statement.addBatch();
  }

  @Override
  public void clearParameters() throws SQLException {
    statement.clearParameters();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return connection().run(statement::getMetaData);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    return connection().run(statement::getParameterMetaData);
  }
}
