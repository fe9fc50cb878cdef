package io.pgguard.catalog;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transactions of which it is known that they changed no catalog, the last few thousand. Forgetting
 * one costs a look at the catalog. Thread-safe.
 */
final class HarmlessTransactions {
  private static final int MOST = 4096;

  private final Set<Long> ids = ConcurrentHashMap.newKeySet();

  void add(long id) {
    if (ids.size() >= MOST) {
      ids.clear();
    }
    ids.add(id);
  }

  boolean has(long id) {
    return ids.contains(id);
  }
}
