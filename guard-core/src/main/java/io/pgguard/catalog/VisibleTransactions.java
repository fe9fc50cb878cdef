package io.pgguard.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * Which transactions a snapshot of the server takes to have ended ({@code pg_snapshot}; PostgreSQL
 * documentation, "Transaction ID and Snapshot Information Functions"). Immutable.
 *
 * @param oldest the oldest that was running: all before it have ended
 * @param next the first that had not begun
 * @param running those between the two that were running
 */
record VisibleTransactions(long oldest, long next, Set<Long> running) {
  VisibleTransactions {
    running = Set.copyOf(running);
  }

  /** As {@code pg_current_snapshot()} gives it. */
  static VisibleTransactions of(String snapshot) {
    String[] parts = snapshot.split(":", -1);
    if (parts.length != 3) {
      throw new CatalogUnavailableException("the server's snapshot is not known: " + snapshot);
    }
    Set<Long> running = new HashSet<>();
    for (String one : parts[2].split(",")) {
      if (!one.isEmpty()) {
        running.add(Long.parseLong(one));
      }
    }
    return new VisibleTransactions(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
  }

  /** Whether a transaction had ended. */
  boolean sees(long id) {
    return id < next && !running.contains(id);
  }
}
