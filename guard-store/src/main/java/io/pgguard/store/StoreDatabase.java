package io.pgguard.store;

import com.zaxxer.hikari.HikariDataSource;
import io.pgguard.approval.ApprovalStore;
import java.sql.Connection;
import java.sql.SQLException;

/** The database that requests are kept in, with what is its own. Thread-safe. */
interface StoreDatabase extends AutoCloseable {
  /** Its connections; what a commit has returned from is on disk. */
  HikariDataSource connections();

  /** The schema of Guard's tables, as an SQL identifier. */
  String schema();

  /** What to call it in errors. */
  String name();

  /** Tells other processes of a change, once the transaction is committed. */
  void changes(Connection transaction, String id) throws SQLException;

  /**
   * A request ends for good with the transaction that is about to be committed: it must not live
   * again, whatever the database loses.
   *
   * @param untilMicros when it would be over by itself, in microseconds since 1970
   */
  void ends(String id, long untilMicros);

  /** A change is committed: tells this process. */
  void changed(String id);

  ApprovalStore.Subscription subscribe(ApprovalStore.Subscriber subscriber);

  @Override
  void close();
}
