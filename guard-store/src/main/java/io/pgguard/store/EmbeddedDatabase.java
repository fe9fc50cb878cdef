package io.pgguard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalSubscribers;
import io.pgguard.internal.storage.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * H2 in a directory that only Guard's own user may look into; one process at a time. Thread-safe.
 */
final class EmbeddedDatabase implements StoreDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String SCHEMA = "guard";

  /**
   * WRITE_DELAY=0: without it commits that were answered are lost when the process is killed; with
   * it seldom, so that what has ended is kept besides ({@link EndedRequests}). No trace: H2's
   * errors show stored rows. The process that has it open ends it by itself. Texts stay in their
   * rows.
   */
  private static final String SETTINGS =
      ";DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;LOCK_TIMEOUT=10000;MAX_LENGTH_INPLACE_LOB=1000000"
          + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
          + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  private final Path directory;
  private final HikariDataSource connections;
  private final EndedRequests ended;
  private final ApprovalSubscribers subscribers = new ApprovalSubscribers();

  private EmbeddedDatabase(Path directory, HikariDataSource connections, EndedRequests ended) {
    this.directory = directory;
    this.connections = connections;
    this.ended = ended;
  }

  static EmbeddedDatabase open(Path directory) {
    String path = directory.toAbsolutePath().normalize().resolve("approvals").toString();
    if (path.indexOf(';') >= 0) {
      throw new ApprovalStoreException(
          "the directory of approvals must not have a semicolon in its path: " + directory);
    }
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + path + SETTINGS);
    source.setUser("guard");
    source.setPassword("");
    try {
      PrivateDirectory.create(directory);
      source.getConnection().close();
    } catch (IOException e) {
      throw new ApprovalStoreException(
          "the directory of approvals " + directory + " cannot be used: " + e.getMessage());
    } catch (SQLException e) {
      throw new ApprovalStoreException(
          "the approvals in "
              + directory
              + (e.getErrorCode() == org.h2.api.ErrorCode.DATABASE_ALREADY_OPEN_1
                  ? " are in use by another process"
                  : " cannot be opened (H2 error " + e.getErrorCode() + ")"));
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("guard-approvals");
    config.setDataSource(source);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariDataSource connections = new HikariDataSource(config);
    try {
      Migrations.run(connections, SCHEMA, "the approvals in " + directory);
      Map<String, Long> ended = EndedRequests.read(directory, Micros.floor(Instant.now()));
      takeBack(connections, ended.keySet());
      return new EmbeddedDatabase(directory, connections, EndedRequests.begin(directory, ended));
    } catch (IOException | SQLException e) {
      connections.close();
      throw new ApprovalStoreException(
          "the approvals in " + directory + " cannot be read: " + e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  /** Requests that have ended, of which the database does not know it any more, go. */
  private static void takeBack(DataSource connections, Set<String> ended) throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM " + SCHEMA + ".approval_request WHERE id = ? AND settled = FALSE")) {
      for (String id : ended) {
        delete.setString(1, id);
        if (delete.executeUpdate() > 0) {
          LOG.warn("request {} had ended, which H2 had lost: it is not asked for again", id);
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  @Override
  public HikariDataSource connections() {
    return connections;
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public String name() {
    return "the approvals in " + directory;
  }

  @Override
  public void changes(Connection transaction, String id) {
    // No other process has it open.
  }

  @Override
  public void ends(String id, long untilMicros) {
    ended.add(id, untilMicros);
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
    if (connections.isClosed()) {
      return;
    }
    try (Connection last = connections.getConnection();
        Statement statement = last.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      LOG.warn("{} did not close in order (H2 error {})", name(), e.getErrorCode());
    }
    connections.close();
    ended.close();
  }
}
