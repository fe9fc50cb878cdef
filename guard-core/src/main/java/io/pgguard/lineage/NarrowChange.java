package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogDifference;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of the catalog that is confined to a few relations with the types of their rows, and to
 * what is made of them: no function, operator, cast or other type differs, and no other relation
 * holds rows of theirs. Immutable and thread-safe.
 *
 * @param changed OIDs of the relations that came, went or are others now, and of those that they
 *     are children of, which have their rows
 * @param touched OIDs of those, and of the views that are made of, name or may run what has changed
 * @param linked OIDs of the relations that foreign keys lead to from a touched one, there or back,
 *     at any depth
 * @param names the names of the changed relations and of their types, before and after
 */
public record NarrowChange(
    Set<Integer> changed, Set<Integer> touched, Set<Integer> linked, Set<String> names) {
  /** From so many changed relations on, looking for what stays costs what reading it does. */
  private static final int MOST = 64;

  public NarrowChange {
    changed = Set.copyOf(changed);
    touched = Set.copyOf(touched);
    linked = Set.copyOf(linked);
    names = Set.copyOf(names);
  }

  /**
   * What has changed since the snapshot before one.
   *
   * @param before the snapshot before; it is not held on to
   * @param change null where it could reach anything
   */
  record Since(WeakReference<Catalog> before, @Nullable NarrowChange change) {
    /** Nothing is known. */
    static final Since NOTHING = new Since(new WeakReference<>(null), null);

    /** What has changed since that snapshot; null where that is not known. */
    @Nullable NarrowChange catalog(Catalog earlier) {
      return before.get() == earlier ? change : null;
    }
  }

  /** From one snapshot to another; null where the change could reach further. */
  static @Nullable NarrowChange between(Snapshot before, Snapshot now) {
    CatalogDifference difference = CatalogDifference.between(before.catalog(), now.catalog());
    if (difference.beyond() || difference.relations().size() > MOST) {
      return null;
    }
    Finder finder = new Finder(before, now);
    return finder.isNarrow(difference) ? finder.found() : null;
  }

  /** This change and one after it. */
  public NarrowChange then(NarrowChange next) {
    return new NarrowChange(
        both(changed, next.changed),
        both(touched, next.touched),
        both(linked, next.linked),
        both(names, next.names));
  }

  private static <T> Set<T> both(Set<T> some, Set<T> more) {
    Set<T> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Whether a text has one of the names in it, in whatever case and as part of whatever word. */
  public boolean mayBeNamedIn(String text) {
    for (String name : names) {
      for (int at = text.length() - name.length(); at >= 0; at--) {
        if (text.regionMatches(true, at, name, 0, name.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private static final class Finder {
    private final Snapshot before;
    private final Snapshot now;
    private final Set<Integer> changed = new HashSet<>();
    private final Set<String> relationNames = new HashSet<>();
    private final Set<String> typeNames = new HashSet<>();
    private final Map<Integer, Boolean> touched = new HashMap<>();

    Finder(Snapshot before, Snapshot now) {
      this.before = before;
      this.now = now;
    }

    NarrowChange found() {
      Set<Integer> all = new HashSet<>(changed);
      for (Relation relation : now.catalog().relations()) {
        if (isTouched(relation)) {
          all.add(relation.oid());
        }
      }
      Set<String> names = new HashSet<>(relationNames);
      names.addAll(typeNames);
      return new NarrowChange(changed, all, linked(all), names);
    }

    /** A change is handed on by foreign keys from each to the next. */
    private Set<Integer> linked(Set<Integer> some) {
      Set<Integer> linked = new HashSet<>();
      Deque<Integer> open = new ArrayDeque<>(some);
      while (!open.isEmpty()) {
        int oid = open.remove();
        for (Catalog catalog : new Catalog[] {before.catalog(), now.catalog()}) {
          for (ForeignKey key : catalog.code().keysTo(oid)) {
            follow(key.referencing(), linked, open);
          }
          for (ForeignKey key : catalog.code().keysFrom(oid)) {
            follow(key.referenced(), linked, open);
          }
        }
      }
      return linked;
    }

    private static void follow(int oid, Set<Integer> linked, Deque<Integer> open) {
      if (linked.add(oid)) {
        open.add(oid);
      }
    }

    boolean isNarrow(CatalogDifference difference) {
      difference.relations().forEach(this::changed);
      for (int oid : difference.types()) {
        if (!isOfChanged(oid, before.catalog()) || !isOfChanged(oid, now.catalog())) {
          return false;
        }
      }
      return relationNames.stream().noneMatch(name -> name.contains("\""))
          && !isHeld(before)
          && !isHeld(now);
    }

    /** A relation that has changed, and what it is a child of, which has its rows. */
    private void changed(int oid) {
      Deque<Integer> open = new ArrayDeque<>(Set.of(oid));
      while (!open.isEmpty()) {
        int next = open.remove();
        if (changed.add(next)) {
          for (Catalog catalog : new Catalog[] {before.catalog(), now.catalog()}) {
            Relation relation = catalog.relation(next).orElse(null);
            if (relation != null) {
              relationNames.add(relation.name());
              open.addAll(relation.parents());
            }
          }
        }
      }
    }

    /** Whether a type is not there, or is that of a changed relation's rows or an array of them. */
    private boolean isOfChanged(int oid, Catalog catalog) {
      TypeInfo type = catalog.type(oid).orElse(null);
      if (type == null) {
        return true;
      }
      typeNames.add(type.name());
      TypeInfo row = type.elementType() == 0 ? type : catalog.type(type.elementType()).orElse(type);
      return changed.contains(row.relationOid());
    }

    /** Whether a relation that has not changed has a column that holds rows of one that has. */
    private boolean isHeld(Snapshot snapshot) {
      for (Relation relation : snapshot.catalog().relations()) {
        if (!changed.contains(relation.oid())) {
          for (Column column : relation.columns()) {
            if (!Collections.disjoint(snapshot.rowsWithin(column.typeOid()), changed)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    /** Whether a relation has changed, or is made of, names or may run what has. */
    private boolean isTouched(@Nullable Relation relation) {
      if (relation == null) {
        return true;
      }
      Boolean known = touched.get(relation.oid());
      if (known == null) {
        touched.put(relation.oid(), true); // until it is known, for those that lead back to it
        String definition = relation.definition();
        known =
            changed.contains(relation.oid())
                || definition == null && Relations.isView(relation)
                || definition != null && names(definition)
                // PostgreSQL's own functions give nothing of the types of others
                || definition != null && !relation.calls().stream().allMatch(Function::builtIn)
                || relation.dependsOn().stream()
                    .anyMatch(
                        read ->
                            read != relation.oid()
                                && isTouched(now.catalog().relation(read).orElse(null)));
        touched.put(relation.oid(), known);
      }
      return known;
    }

    private boolean names(String definition) {
      return relationNames.stream().anyMatch(definition::contains);
    }
  }
}
