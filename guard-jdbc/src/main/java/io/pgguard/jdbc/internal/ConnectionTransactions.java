package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/** Transactions and session settings: each is a statement that the session decides on. */
abstract class ConnectionTransactions extends ConnectionSettings {

  /** Something that PgJDBC does on the connection. */
  interface Action<T> {
    T run() throws SQLException;
  }

  /** Something that PgJDBC does on the connection, without a result. */
  interface VoidAction {
    void run() throws SQLException;
  }

  /** Runs it in the session's context, and tells a refusal as one. */
  abstract <T> T run(Action<T> action) throws SQLException;

  /** The same for a text: if it holds several statements, it is decided on as a whole first. */
  abstract <T> T run(String sql, boolean parameters, Action<T> action) throws SQLException;

  /**
   * The same for a batch of texts that were given before: those that people have to approve are
   * asked for together, and nothing of it runs before all are granted.
   */
  abstract <T> T runBatch(List<String> texts, Action<T> action) throws SQLException;

  private void runVoid(VoidAction action) throws SQLException {
    run(
        () -> {
          action.run();
          return true;
        });
  }

  @Override
  public void setAutoCommit(boolean value) throws SQLException {
    runVoid(() -> raw().setAutoCommit(value));
  }

  @Override
  public void commit() throws SQLException {
    runVoid(() -> raw().commit());
  }

  @Override
  public void rollback() throws SQLException {
    runVoid(() -> raw().rollback());
  }

  @Override
  public void setReadOnly(boolean value) throws SQLException {
    runVoid(() -> raw().setReadOnly(value));
  }

  @Override
  public void setCatalog(String name) throws SQLException {
    runVoid(() -> raw().setCatalog(name));
  }

  @Override
  public void setTransactionIsolation(int number) throws SQLException {
    runVoid(() -> raw().setTransactionIsolation(number));
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return run(() -> raw().setSavepoint());
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return run(() -> raw().setSavepoint(name));
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    runVoid(() -> raw().rollback(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    runVoid(() -> raw().releaseSavepoint(savepoint));
  }

  @Override
  public void setSchema(String name) throws SQLException {
    runVoid(() -> raw().setSchema(name));
  }
}
