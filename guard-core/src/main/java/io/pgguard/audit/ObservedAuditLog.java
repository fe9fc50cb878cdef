package io.pgguard.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A log whose observers hear of each event once it has been appended, before it is on disk: for
 * metrics and for telling who waits. Thread-safe.
 */
public final class ObservedAuditLog implements AuditLog {
  private final AuditLog log;
  private final List<Consumer<AuditEvent>> observers = new CopyOnWriteArrayList<>();

  public ObservedAuditLog(AuditLog log) {
    this.log = log;
  }

  /**
   * Hears of every event from now on.
   *
   * @param observer called by the appending thread, which may hold locks: it must neither wait nor
   *     throw
   */
  public void observe(Consumer<AuditEvent> observer) {
    observers.add(observer);
  }

  @Override
  public Forcing begin(AuditEvent event, Announces announces) {
    Forcing forcing = log.begin(event, announces);
    for (Consumer<AuditEvent> observer : observers) {
      observer.accept(event);
    }
    return forcing;
  }

  @Override
  public boolean forcesAll() {
    return log.forcesAll();
  }

  @Override
  public void close() {
    log.close();
  }
}
