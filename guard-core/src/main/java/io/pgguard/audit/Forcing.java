package io.pgguard.audit;

/**
 * An entry that was appended, on its way to the disk. It is over when the entry is as durable as
 * configured, or will never be. Whoever waits at the same time shares one force. Thread-safe.
 */
public interface Forcing {

  /** Where the entry stands in the log. */
  AuditLog.Appended appended();

  /** Whether {@link #await} returns without waiting. */
  boolean isOver();

  /**
   * Runs the task once {@link #await} returns without waiting: at once where that is so already,
   * else in the log's own thread. The task must neither wait nor throw.
   */
  void whenOver(Runnable task);

  /**
   * Returns when the entry is as durable as configured; forces it in this thread where nobody else
   * does.
   *
   * @throws AuditUnavailableException when it could not be forced: it may or may not be on disk,
   *     and the log takes no more entries until it is opened anew
   */
  void await();

  /** An entry for which nothing has to be waited. */
  record Over(AuditLog.Appended appended) implements Forcing {
    @Override
    public boolean isOver() {
      return true;
    }

    @Override
    public void whenOver(Runnable task) {
      task.run();
    }

    @Override
    public void await() {
      // there is nothing to wait for
    }
  }
}
