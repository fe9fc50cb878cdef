package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Every way to run a text: each in the session's context, with refusals told as such. */
abstract class StatementExecution extends StatementSettings {
  private final List<String> batch = new ArrayList<>();

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
  public void addBatch(String sql) throws SQLException {
    connection()
        .run(
            sql,
            false,
            () -> {
              raw().addBatch(sql);
              return batch.add(sql);
            });
  }

  @Override
  public void clearBatch() throws SQLException {
    batch.clear();
    raw().clearBatch();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return runBatch(() -> raw().executeBatch());
  }

  /** However it ends, the batch is over, as PgJDBC has it. */
  private <T> T runBatch(ConnectionTransactions.Action<T> action) throws SQLException {
    List<String> texts = List.copyOf(batch);
    try {
      return connection().runBatch(texts, action);
    } finally {
      clearBatch();
    }
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
    return runBatch(() -> raw().executeLargeBatch());
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
