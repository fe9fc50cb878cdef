package io.pgguard.approval;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Whom a store tells of changes. Thread-safe. */
public final class ApprovalSubscribers {
  private final List<ApprovalStore.Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /** Nobody yet. */
  public ApprovalSubscribers() {}

  /** Adds one, until what this returns is closed. */
  public ApprovalStore.Subscription add(ApprovalStore.Subscriber subscriber) {
    // Its own object, so that one who subscribes twice ends one of the two.
    ApprovalStore.Subscriber own = subscriber::changed;
    subscribers.add(own);
    return () -> subscribers.remove(own);
  }

  /**
   * Tells everybody.
   *
   * @param id what changed; null where anything may have
   */
  public void tell(@Nullable String id) {
    subscribers.forEach(one -> one.changed(id));
  }

  /** Tells nobody any more. */
  public void clear() {
    subscribers.clear();
  }
}
