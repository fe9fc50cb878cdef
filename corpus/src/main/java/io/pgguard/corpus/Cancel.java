package io.pgguard.corpus;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Cancels one statement that a client does not wait for any longer. Thread-safe. */
final class Cancel implements Runnable {
  static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cancel");
            thread.setDaemon(true);
            return thread;
          });

  private final Statement statement;
  private volatile boolean sent;

  Cancel(Statement statement) {
    this.statement = statement;
  }

  @Override
  public void run() {
    sent = true;
    try {
      statement.cancel();
    } catch (SQLException e) {
      System.err.println("cancelling: " + e.getMessage()); // it has just ended by itself
    }
  }

  boolean sent() {
    return sent;
  }
}
