package io.pgguard.session;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.audit.Forcing;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Comes when an entry of the audit log, and with it all before it, is as durable as configured:
 * empty then, else why it is not and will not be.
 */
final class OnDisk implements Awaited<Optional<AuditUnavailableException>> {
  private final Forcing entry;
  private final Consumer<String> dropped;
  private boolean over;

  /**
   * @param dropped told why the answer is not wanted any more, if that is so
   */
  OnDisk(Forcing entry, Consumer<String> dropped) {
    this.entry = entry;
    this.dropped = dropped;
  }

  @Override
  public boolean isReady() {
    return entry.isOver();
  }

  @Override
  public void whenReady(Runnable task) {
    entry.whenOver(task);
  }

  @Override
  public void drop(String why) {
    if (!over) {
      over = true;
      dropped.accept(why);
    }
  }

  @Override
  public Optional<AuditUnavailableException> await() {
    over = true;
    try {
      entry.await();
      return Optional.empty();
    } catch (AuditUnavailableException e) {
      return Optional.of(e);
    }
  }
}
