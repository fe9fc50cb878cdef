package io.pgguard.jdbc.internal;

import java.sql.SQLException;

/** Every way to run a text: each in the session's context, with refusals told as such. */
abstract class StatementExecution extends StatementSettings {

  /** The connection that the agent holds. */
  abstract GuardedConnection connection();

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return connection().run(sql, false, () -> raw().executeUpdate(sql));
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return connection().run(sql, false, () -> raw().execute(sql));
  }

  @Override
  public int[] executeBatch() throws SQLException {
    connection().inScope();
    return connection().run(() -> raw().executeBatch());
  }

  @Override
  public int executeUpdate(String sql, int number) throws SQLException {
    return connection().run(sql, false, () -> raw().executeUpdate(sql, number));
  }

  @Override
  public int executeUpdate(String sql, int[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().executeUpdate(sql, value));
  }

  @Override
  public int executeUpdate(String sql, String[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().executeUpdate(sql, value));
  }

  @Override
  public boolean execute(String sql, int number) throws SQLException {
    return connection().run(sql, false, () -> raw().execute(sql, number));
  }

  @Override
  public boolean execute(String sql, int[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().execute(sql, value));
  }

  @Override
  public boolean execute(String sql, String[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().execute(sql, value));
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    connection().inScope();
    return connection().run(() -> raw().executeLargeBatch());
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return connection().run(sql, false, () -> raw().executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int number) throws SQLException {
    return connection().run(sql, false, () -> raw().executeLargeUpdate(sql, number));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().executeLargeUpdate(sql, value));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] value) throws SQLException {
    return connection().run(sql, false, () -> raw().executeLargeUpdate(sql, value));
  }
}
