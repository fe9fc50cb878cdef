package io.pgguard.memory;

import io.pgguard.internal.names.Names;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.TemporaryRelation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The temporary relations that a session has made. What a rollback may have brought back or taken
 * away is remembered as uncertain: that may refuse a statement, and never lets one through. Used by
 * the session's thread.
 */
public final class Temporaries {
  private Names<TemporaryRelation> known;

  /** What a name stood for before the open transaction changed it; unknown columns if nothing. */
  private final Map<String, TemporaryRelation> before = new HashMap<>();

  private final Set<String> dropped = new HashSet<>();

  /** Those that are certain, once code has run; null before. */
  private @Nullable Set<String> certain;

  public Temporaries(Map<String, TemporaryRelation> known) {
    this.known = Names.of(known);
  }

  /**
   * A relation was made.
   *
   * @param ifNotExists whether an earlier one of that name stayed in its place
   * @param dropsOnCommit whether the transaction's end removes it
   */
  void made(TemporaryRelation relation, boolean ifNotExists, boolean dropsOnCommit) {
    String name = relation.name();
    TemporaryRelation earlier = known.get(name);
    touch(name);
    put(name, ifNotExists && earlier != null ? earlier.or(relation) : relation);
    if (dropsOnCommit) {
      dropped.add(name);
    } else {
      dropped.remove(name);
    }
  }

  private void touch(String name) {
    TemporaryRelation now = known.getOrDefault(name, TemporaryRelation.unknown(name));
    before.merge(name, now, TemporaryRelation::or);
  }

  /** Something about it changed that is not followed. */
  void changed(String name) {
    TemporaryRelation one = known.get(name);
    if (one != null) {
      touch(name);
      put(name, one.uncertain(name));
    }
  }

  /** Code ran that may have changed any of them: those that are uncertain stay so. */
  void allChanged() {
    Set<String> sure = certain;
    if (sure == null) {
      sure = new HashSet<>();
      for (TemporaryRelation one : known.values()) {
        if (one.certain()) {
          sure.add(one.name());
        }
      }
    }
    certain = null;
    sure.forEach(this::changed);
    certain = new HashSet<>();
  }

  private void put(String name, TemporaryRelation relation) {
    known = known.with(name, relation);
    if (certain != null && relation.certain()) {
      certain.add(name);
    }
  }

  void renamed(String name, String newName) {
    TemporaryRelation one = known.get(name);
    if (one != null) {
      changed(name);
      touch(newName);
      merge(newName, one.uncertain(newName));
    }
  }

  void dropped(String name) {
    if (known.containsKey(name)) {
      changed(name);
      dropped.add(name);
    }
  }

  /** All of them. */
  void allDropped() {
    List.copyOf(known.keySet()).forEach(this::dropped);
  }

  /** Something was written to it. */
  void fed(String name, Set<ColumnSource> sources) {
    TemporaryRelation one = sources.isEmpty() ? null : known.get(name);
    if (one != null) {
      put(name, one.fed(sources));
    }
  }

  /** What the open transaction has done may be undone, in whole or in part. */
  void rolledBack() {
    before.forEach(
        (name, one) -> {
          merge(name, one);
          put(name, Objects.requireNonNull(known.get(name)).uncertain(name));
        });
    dropped.clear();
  }

  void transactionEnded(boolean kept) {
    if (!kept) {
      rolledBack();
    }
    for (String name : dropped) {
      known = known.without(name);
    }
    before.clear();
    dropped.clear();
  }

  private void merge(String name, TemporaryRelation other) {
    TemporaryRelation one = known.get(name);
    put(name, one == null ? other : one.or(other));
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  boolean has(String name) {
    return known.containsKey(name);
  }

  /** The same object until something changes. */
  public Map<String, TemporaryRelation> byName() {
    return known;
  }
}
