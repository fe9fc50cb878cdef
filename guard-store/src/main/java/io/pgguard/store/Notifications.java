package io.pgguard.store;

import io.pgguard.approval.ApprovalSubscribers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of what other processes changed, on a connection of its own, in one thread. After every
 * time that it was out of reach it tells that anything may have changed.
 */
final class Notifications implements AutoCloseable {
  static final String CHANNEL = "guard_approvals";

  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

  /** How long it listens before it looks whether the server is still there. */
  private static final int LISTEN_MILLIS = 5_000;

  private static final int ALIVE_SECONDS = 5;
  private static final long AGAIN_MILLIS = 1_000;

  private final SharedSource source;
  private final ApprovalSubscribers subscribers;
  private final String name;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;

  Notifications(SharedSource source, ApprovalSubscribers subscribers, String name) {
    this.source = source;
    this.subscribers = subscribers;
    this.name = name;
  }

  void start() {
    Thread thread = new Thread(this::run, "guard-approvals-listen");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!isClosed(0)) {
      try (Connection opened = source.getConnection()) {
        connection = opened;
        listen(opened);
      } catch (SQLException | RuntimeException e) {
        if (!isClosed(0)) {
          LOG.warn("{} cannot be listened to: {}", name, e.getMessage());
        }
      } finally {
        connection = null;
      }
      if (isClosed(AGAIN_MILLIS)) {
        return;
      }
    }
  }

  private void listen(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    subscribers.tell(null);
    PGConnection server = opened.unwrap(PGConnection.class);
    while (!isClosed(0)) {
      PGNotification[] told = server.getNotifications(LISTEN_MILLIS);
      if (told == null || told.length == 0) {
        if (!opened.isValid(ALIVE_SECONDS)) {
          throw new SQLException("it does not answer");
        }
        continue;
      }
      for (PGNotification one : told) {
        subscribers.tell(one.getParameter());
      }
    }
  }

  private boolean isClosed(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("the connection that listens was closed already: {}", e.getSQLState());
      }
    }
  }
}
