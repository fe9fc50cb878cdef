package io.pgguard.store;

import io.pgguard.approval.ApprovalStoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Work in one transaction each: all of it lasts, or nothing. Thread-safe. */
final class Transactions {
  private final StoreDatabase database;

  Transactions(StoreDatabase database) {
    this.database = database;
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Does it and commits.
   *
   * @throws ApprovalStoreException where the database fails; its own words are kept back, since
   *     they may show what is stored
   */
  <T> T run(Work<T> work) {
    try (Connection connection = database.connections().getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        undo(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new ApprovalStoreException(
          database.name() + " failed (SQLSTATE " + e.getSQLState() + ")");
    }
  }

  private static void undo(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The pool drops a connection that is broken, and the server what it had not committed.
      cause.addSuppressed(e);
    }
  }
}
