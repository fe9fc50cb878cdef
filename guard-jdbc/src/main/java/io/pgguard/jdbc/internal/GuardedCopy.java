package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import org.postgresql.copy.CopyOperation;

/** A COPY that runs: its rows pass the guarded session, and a refusal is told as one. */
abstract class GuardedCopy implements CopyOperation {
  private final GuardedConnection connection;
  private final CopyOperation copy;

  GuardedCopy(GuardedConnection connection, CopyOperation copy) {
    this.connection = connection;
    this.copy = copy;
  }

  final <T> T told(ConnectionTransactions.Action<T> action) throws SQLException {
    return connection.telling(action);
  }

  final void toldVoid(ConnectionTransactions.VoidAction action) throws SQLException {
    connection.telling(
        () -> {
          action.run();
          return true;
        });
  }

  @Override
  public int getFieldCount() {
    return copy.getFieldCount();
  }

  @Override
  public int getFormat() {
    return copy.getFormat();
  }

  @Override
  public int getFieldFormat(int field) {
    return copy.getFieldFormat(field);
  }

  @Override
  public boolean isActive() {
    return copy.isActive();
  }

  @Override
  public void cancelCopy() throws SQLException {
    toldVoid(copy::cancelCopy);
  }

  @Override
  public long getHandledRowCount() {
    return copy.getHandledRowCount();
  }
}
