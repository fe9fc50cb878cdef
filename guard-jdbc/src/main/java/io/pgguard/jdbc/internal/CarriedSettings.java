package io.pgguard.jdbc.internal;

import io.pgguard.wording.SessionWording;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What pools and applications have set on a connection by JDBC, to be set on the one that takes its
 * place. Immutable.
 */
record CarriedSettings(
    boolean autoCommit, boolean readOnly, int isolation, int holdability, int networkTimeout) {

  /**
   * @throws SQLException when a transaction is open, which cannot pass to another principal
   */
  static CarriedSettings of(Connection connection) throws SQLException {
    if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
      throw Told.of(SessionWording.TOKEN_NOT_TAKEN.say());
    }
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true); // else asking for the isolation begins a transaction
    int isolation = connection.getTransactionIsolation();
    connection.setAutoCommit(autoCommit);
    return new CarriedSettings(
        autoCommit,
        connection.isReadOnly(),
        isolation,
        connection.getHoldability(),
        connection.getNetworkTimeout());
  }

  void into(Connection connection) throws SQLException {
    if (connection.getTransactionIsolation() != isolation) {
      connection.setTransactionIsolation(isolation);
    }
    connection.setReadOnly(readOnly);
    connection.setHoldability(holdability);
    connection.setNetworkTimeout(Runnable::run, networkTimeout);
    connection.setAutoCommit(autoCommit);
  }
}
