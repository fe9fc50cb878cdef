package io.pgguard.approval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one used approval whenever it may have been revoked. Thread-safe. */
final class RevocationWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

  private final ApprovalStore store;
  private final String id;
  private final Consumer<Vote> told;
  private final AtomicBoolean over = new AtomicBoolean();

  RevocationWatch(ApprovalStore store, String id, Consumer<Vote> told) {
    this.store = store;
    this.id = id;
    this.told = told;
  }

  ApprovalStore.Subscription start() {
    ApprovalStore.Subscription changes = store.subscribe(this::changed);
    look(); // it may have been revoked before this was heard of
    return () -> {
      over.set(true);
      changes.close();
    };
  }

  /** Elsewhere, since whoever tells of changes must not wait for the store. */
  private void changed(@Nullable String changed) {
    if (changed == null || changed.equals(id)) {
      CompletableFuture<Void> looked = CompletableFuture.runAsync(this::look);
      LOG.trace("request {} is looked at: {}", id, looked);
    }
  }

  private void look() {
    try {
      Vote revocation = store.find(id).map(ApprovalCase::revocation).orElse(null);
      if (revocation != null && over.compareAndSet(false, true)) {
        told.accept(revocation);
      }
    } catch (ApprovalStoreException e) {
      // Once the store is back it tells that anything may have changed.
      LOG.warn("whether request {} is revoked cannot be seen: {}", id, e.getMessage());
    }
  }
}
