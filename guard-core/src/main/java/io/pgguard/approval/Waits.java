package io.pgguard.approval;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Lets threads wait for people; the store says when to look. Thread-safe. */
final class Waits {
  private final ApprovalStore store;
  private final InstantSource clock;
  private final LongSupplier ticks;
  private final Duration look;
  private final Waiters waiters = new Waiters();

  Waits(ApprovalStore store, InstantSource clock, LongSupplier ticks, Duration look) {
    this.store = store;
    this.clock = clock;
    this.ticks = ticks;
    this.look = look;
    store.subscribe(waiters::tell);
  }

  Optional<ApprovalCase.Status> await(String id, Duration atMost) {
    long end = ticks.getAsLong() + Math.min(atMost.toNanos(), TimeUnit.DAYS.toNanos(365));
    while (true) {
      CompletableFuture<Void> change = waiters.change(id);
      try {
        Optional<ApprovalCase> one = store.find(id);
        Instant now = clock.instant();
        Optional<ApprovalCase.Status> status = one.map(c -> c.status(now));
        long left = end - ticks.getAsLong();
        if (left <= 0 || !status.equals(Optional.of(ApprovalCase.Status.PENDING))) {
          return status;
        }
        Duration untilExpiry = Duration.between(now, one.orElseThrow().request().expiresAt());
        Duration nextLook = untilExpiry.compareTo(look) < 0 ? untilExpiry : look;
        Void unused = change.get(Math.min(left, nextLook.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        continue; // it is time for a look
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return store.find(id).map(one -> one.status(clock.instant()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a change is told, and never fails", e);
      } finally {
        waiters.forget(id, change);
      }
    }
  }
}
