package io.pgguard.memory;

import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.TemporaryRelation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The temporary relations that a session has made. What a rollback may have brought back or taken
 * away is remembered as uncertain: that may refuse a statement, and never lets one through. Used by
 * the session's thread.
 */
public final class Temporaries {
  private final Map<String, TemporaryRelation> known;

  /** What a name stood for before the open transaction changed it; unknown columns if nothing. */
  private final Map<String, TemporaryRelation> before = new HashMap<>();

  private final Set<String> dropped = new HashSet<>();
  private @Nullable Map<String, TemporaryRelation> view;

  public Temporaries(Map<String, TemporaryRelation> known) {
    this.known = new HashMap<>(known);
  }

  /**
   * A relation was made.
   *
   * @param ifNotExists whether an earlier one of that name stayed in its place
   * @param dropsOnCommit whether the transaction's end removes it
   */
  void made(TemporaryRelation relation, boolean ifNotExists, boolean dropsOnCommit) {
    view = null;
    String name = relation.name();
    TemporaryRelation earlier = known.get(name);
    touch(name);
    known.put(name, ifNotExists && earlier != null ? earlier.or(relation) : relation);
    if (dropsOnCommit) {
      dropped.add(name);
    } else {
      dropped.remove(name);
    }
  }

  private void touch(String name) {
    view = null;
    TemporaryRelation now = known.getOrDefault(name, TemporaryRelation.unknown(name));
    before.merge(name, now, TemporaryRelation::or);
  }

  /** Something about it changed that is not followed. */
  void changed(String name) {
    if (known.containsKey(name)) {
      touch(name);
      known.computeIfPresent(name, (key, one) -> one.uncertain(key));
    }
  }

  /** Code ran that may have changed any of them. */
  void allChanged() {
    Set.copyOf(known.keySet()).forEach(this::changed);
  }

  void renamed(String name, String newName) {
    TemporaryRelation one = known.get(name);
    if (one != null) {
      changed(name);
      touch(newName);
      known.merge(newName, one.uncertain(newName), TemporaryRelation::or);
    }
  }

  void dropped(String name) {
    if (known.containsKey(name)) {
      changed(name);
      dropped.add(name);
    }
  }

  /** Something was written to it. */
  void fed(String name, Set<ColumnSource> sources) {
    if (!sources.isEmpty()) {
      view = null;
      known.computeIfPresent(name, (key, one) -> one.fed(sources));
    }
  }

  /** What the open transaction has done may be undone, in whole or in part. */
  void rolledBack() {
    view = null;
    before.forEach((name, one) -> known.merge(name, one, TemporaryRelation::or));
    before.keySet().forEach(name -> known.computeIfPresent(name, (k, one) -> one.uncertain(k)));
    dropped.clear();
  }

  void transactionEnded(boolean kept) {
    if (!kept) {
      rolledBack();
    }
    if (known.keySet().removeAll(dropped)) {
      view = null;
    }
    before.clear();
    dropped.clear();
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  boolean has(String name) {
    return known.containsKey(name);
  }

  /** The same object until something changes. */
  public Map<String, TemporaryRelation> byName() {
    Map<String, TemporaryRelation> all = view;
    if (all == null) {
      all = Map.copyOf(known);
      view = all;
    }
    return all;
  }
}
