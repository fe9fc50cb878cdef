package io.pgguard.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the relations of a snapshot by OID, by name, and by what they read or inherit. Immutable.
 */
final class Relations {
  private final Map<Integer, Relation> byOid;
  private final Map<String, List<Relation>> byName;
  private final Map<Integer, List<Relation>> inheritors;
  private final Map<Integer, List<Relation>> readers;

  Relations(Map<Integer, Relation> relations) {
    byOid = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
    List<Relation> bySchema = new ArrayList<>(byOid.values());
    bySchema.sort(Comparator.comparing(Relation::schema));
    byName = index(bySchema, r -> List.of(r.name()));
    inheritors = index(byOid.values(), Relation::parents);
    readers = index(byOid.values(), Relation::dependsOn);
  }

  /**
   * Another state of the same relations.
   *
   * @param changed OIDs of those that came, went or are others now
   * @param relations all there are now
   */
  Relations(Relations base, Set<Integer> changed, Map<Integer, Relation> relations) {
    byOid = Collections.unmodifiableMap(relations);
    Map<String, List<Relation>> names = new HashMap<>(base.byName);
    Map<Integer, List<Relation>> children = new HashMap<>(base.inheritors);
    Map<Integer, List<Relation>> reading = new HashMap<>(base.readers);
    for (int oid : changed) {
      Relation before = base.byOid.get(oid);
      if (before != null) {
        names.computeIfPresent(before.name(), (key, list) -> without(list, before));
        before.parents().forEach(p -> children.computeIfPresent(p, (k, l) -> without(l, before)));
        before.dependsOn().forEach(p -> reading.computeIfPresent(p, (k, l) -> without(l, before)));
      }
      Relation now = relations.get(oid);
      if (now != null) {
        names.merge(now.name(), List.of(now), Relations::bySchema);
        now.parents().forEach(parent -> children.merge(parent, List.of(now), Relations::both));
        now.dependsOn().forEach(read -> reading.merge(read, List.of(now), Relations::both));
      }
    }
    byName = names;
    inheritors = children;
    readers = reading;
  }

  private static @Nullable List<Relation> without(List<Relation> list, Relation one) {
    List<Relation> rest = list.stream().filter(other -> other.oid() != one.oid()).toList();
    return rest.isEmpty() ? null : rest;
  }

  private static List<Relation> both(List<Relation> some, List<Relation> more) {
    List<Relation> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static List<Relation> bySchema(List<Relation> some, List<Relation> more) {
    return Stream.concat(some.stream(), more.stream())
        .sorted(Comparator.comparing(Relation::schema))
        .toList();
  }

  /** Values by each of their keys, in the order given. */
  static <K, V> Map<K, List<V>> index(
      Collection<V> values, java.util.function.Function<V, List<K>> keys) {
    Map<K, List<V>> index = new HashMap<>();
    for (V value : values) {
      for (K key : keys.apply(value)) {
        index.computeIfAbsent(key, k -> new ArrayList<>(1)).add(value);
      }
    }
    index.replaceAll((key, list) -> List.copyOf(list));
    return index;
  }

  Collection<Relation> all() {
    return byOid.values();
  }

  Optional<Relation> find(int oid) {
    return Optional.ofNullable(byOid.get(oid));
  }

  /** Those of a name, ordered by schema. */
  List<Relation> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  Optional<Relation> find(String schema, String name) {
    List<Relation> named = named(name); // long where each tenant has a schema
    int low = 0;
    int high = named.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = named.get(middle).schema().compareTo(schema);
      if (order == 0) {
        return Optional.of(named.get(middle));
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return Optional.empty();
  }

  /** At any depth, without itself. */
  List<Relation> children(int oid) {
    return reach(oid, inheritors);
  }

  /** At any depth, without itself. */
  List<Relation> readers(int oid) {
    return reach(oid, readers);
  }

  private static List<Relation> reach(int oid, Map<Integer, List<Relation>> edges) {
    if (!edges.containsKey(oid)) {
      return List.of();
    }
    Map<Integer, Relation> found = new LinkedHashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(oid));
    while (!open.isEmpty()) {
      for (Relation next : edges.getOrDefault(open.remove(), List.of())) {
        if (next.oid() != oid && found.put(next.oid(), next) == null) {
          open.add(next.oid());
        }
      }
    }
    return List.copyOf(found.values());
  }
}
