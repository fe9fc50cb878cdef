package io.pgguard.approval;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who waits for which request to change. Thread-safe. */
final class Waiters {
  private final Map<String, List<CompletableFuture<Void>>> byId = new ConcurrentHashMap<>();

  /**
   * Completes when a request changes for the first time from now on. Get it before looking at the
   * request, so that no change falls between, and give it back to {@link #forget}.
   */
  CompletableFuture<Void> change(String id) {
    CompletableFuture<Void> change = new CompletableFuture<>();
    byId.merge(
        id,
        List.of(change),
        (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    return change;
  }

  /** Its caller does not wait for this any more. */
  void forget(String id, CompletableFuture<Void> change) {
    byId.computeIfPresent(
        id,
        (unused, before) -> {
          List<CompletableFuture<Void>> left =
              before.stream().filter(one -> one != change).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /**
   * A request has changed.
   *
   * @param id which; null where any may have
   */
  void tell(@Nullable String id) {
    if (id == null) {
      List.copyOf(byId.keySet()).forEach(this::tellOne);
    } else {
      tellOne(id);
    }
  }

  private void tellOne(String id) {
    List<CompletableFuture<Void>> changes = byId.remove(id);
    if (changes != null) {
      changes.forEach(change -> change.complete(null));
    }
  }
}
