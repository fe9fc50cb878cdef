package io.pgguard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.approval.ApprovalSubscribers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A PostgreSQL database that several processes share; each tells the others by NOTIFY. */
final class SharedDatabase implements StoreDatabase {
  /**
   * A used approval must be on disk before its statement runs, whatever the server's own setting
   * is: after a crash it could be used again.
   */
  private static final String DURABLE =
      "SELECT pg_catalog.set_config('synchronous_commit', 'on', false)"
          + " WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local')";

  private final ApprovalStoreLocation.PostgreSql where;
  private final HikariDataSource connections;
  private final ApprovalSubscribers subscribers = new ApprovalSubscribers();
  private final Notifications notifications;

  private SharedDatabase(
      ApprovalStoreLocation.PostgreSql where, SharedSource source, HikariDataSource connections) {
    this.where = where;
    this.connections = connections;
    this.notifications = new Notifications(source, subscribers, where.toString());
  }

  static SharedDatabase open(ApprovalStoreLocation.PostgreSql where) {
    SharedSource source = new SharedSource(where);
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      throw new ApprovalStoreException(
          "the control database " + where + " cannot be reached: " + e.getMessage());
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("guard-approvals");
    config.setDataSource(source);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(DURABLE);
    HikariDataSource connections = new HikariDataSource(config);
    try {
      Migrations.run(connections, where.schema(), "the control database " + where);
      SharedDatabase database = new SharedDatabase(where, source, connections);
      database.notifications.start();
      return database;
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  @Override
  public HikariDataSource connections() {
    return connections;
  }

  @Override
  public String schema() {
    return '"' + where.schema().replace("\"", "\"\"") + '"';
  }

  @Override
  public String name() {
    return "the control database " + where;
  }

  @Override
  public void changes(Connection transaction, String id) throws SQLException {
    try (PreparedStatement notify =
        transaction.prepareStatement("SELECT pg_catalog.pg_notify(?, ?)")) {
      notify.setString(1, Notifications.CHANNEL);
      notify.setString(2, id);
      notify.execute();
    }
  }

  /** This process hears of it at once, and once more from the server. */
  @Override
  public void ends(String id, long untilMicros) {
    // PostgreSQL keeps what it has answered.
  }

  @Override
  public void changed(String id) {
    subscribers.tell(id);
  }

  @Override
  public ApprovalStore.Subscription subscribe(ApprovalStore.Subscriber subscriber) {
    return subscribers.add(subscriber);
  }

  @Override
  public void close() {
    subscribers.clear();
    notifications.close();
    connections.close();
  }
}
