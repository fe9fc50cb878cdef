package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.ForeignKey.Action;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of other relations when rows of some are changed: partitions and children that hold
 * the rows, and the changes that foreign keys make by themselves, at any depth (PostgreSQL
 * documentation, "Foreign Keys"). Used by one thread.
 */
final class KeyChanges {
  private static final Set<Event> MOVED = Set.of(Event.INSERT, Event.DELETE);

  private final Catalog catalog;
  private final Map<Integer, Set<Event>> all = new LinkedHashMap<>();
  private final Map<Integer, Set<Integer>> updated;
  private final Deque<Integer> open = new ArrayDeque<>();

  private KeyChanges(Catalog catalog, Map<Integer, Set<Integer>> updated) {
    this.catalog = catalog;
    this.updated = new HashMap<>(updated);
  }

  /**
   * All changes, those given among them.
   *
   * @param first relations by OID, and how their rows are changed
   * @param updated the columns that are written, where that is known
   */
  static Map<Integer, Set<Event>> of(
      Catalog catalog, Map<Integer, Set<Event>> first, Map<Integer, Set<Integer>> updated) {
    if (first.isEmpty()) {
      return Map.of();
    }
    KeyChanges changes = new KeyChanges(catalog, updated);
    first.forEach(changes::add);
    changes.follow();
    return changes.moving();
  }

  private void follow() {
    while (!open.isEmpty()) {
      int oid = open.remove();
      Set<Event> events = all.getOrDefault(oid, Set.of());
      for (Relation child : catalog.children(oid)) {
        if (updated.containsKey(oid)) {
          updated.putIfAbsent(child.oid(), named(child, oid));
        }
        add(child.oid(), events);
      }
      for (ForeignKey key : catalog.code().keysTo(oid)) {
        handOn(key, events);
      }
    }
  }

  /** The columns of a child that have the names of those that are written above it. */
  private Set<Integer> named(Relation child, int parent) {
    Set<Integer> numbers = new HashSet<>();
    Relation above = catalog.relation(parent).orElseThrow();
    for (int number : updated.getOrDefault(parent, Set.of())) {
      above
          .column(number)
          .flatMap(column -> child.column(column.name()))
          .map(Column::number)
          .ifPresent(numbers::add);
    }
    return numbers;
  }

  private void handOn(ForeignKey key, Set<Event> events) {
    Set<Event> handedOn = handedOn(key, events);
    if (handedOn.isEmpty()) {
      return;
    }
    int oid = key.referencing();
    Set<Integer> before = updated.get(oid);
    if (!all.containsKey(oid)) {
      updated.putIfAbsent(oid, Set.copyOf(key.referencingColumns()));
    } else if (before != null && !before.containsAll(key.referencingColumns())) {
      Set<Integer> more = new HashSet<>(before);
      more.addAll(key.referencingColumns());
      updated.put(oid, more);
      open.add(oid);
    }
    add(oid, handedOn);
  }

  private void add(int oid, Set<Event> events) {
    Set<Event> known = all.get(oid);
    if (known == null || !known.containsAll(events)) {
      all.merge(oid, Reach.both(events, Set.of()), Reach::both);
      open.add(oid);
    }
  }

  /** TRUNCATE CASCADE empties whatever points there, whatever the key says of single rows. */
  private Set<Event> handedOn(ForeignKey key, Set<Event> events) {
    Set<Event> handedOn = EnumSet.noneOf(Event.class);
    if (events.contains(Event.DELETE) && key.onDelete() != Action.NONE) {
      handedOn.add(key.onDelete() == Action.CASCADE ? Event.DELETE : Event.UPDATE);
    }
    if (events.contains(Event.UPDATE) && key.onUpdate() != Action.NONE && mayChange(key)) {
      handedOn.add(Event.UPDATE);
    }
    if (events.contains(Event.TRUNCATE)) {
      handedOn.add(Event.TRUNCATE);
    }
    return handedOn;
  }

  /** Whether the key that is pointed to may change: triggers may write what the text does not. */
  private boolean mayChange(ForeignKey key) {
    Set<Integer> columns = updated.get(key.referenced());
    Relation relation = catalog.relation(key.referenced()).orElse(null);
    if (columns == null || relation == null) {
      return true;
    }
    boolean computed =
        relation.triggers().stream().anyMatch(trigger -> trigger.on(Set.of(Event.UPDATE)));
    for (int number : key.referencedColumns()) {
      computed |=
          columns.contains(number) || relation.column(number).map(Column::generated).orElse(true);
    }
    return computed;
  }

  /**
   * An UPDATE that moves a row to another partition removes it here and adds it there, which sets
   * off triggers for rows; keys take it for the UPDATE that it is (PostgreSQL documentation,
   * "Overview of Trigger Behavior").
   */
  private Map<Integer, Set<Event>> moving() {
    for (int oid : Set.copyOf(all.keySet())) {
      List<Relation> children = catalog.children(oid);
      if (!children.isEmpty() && all.getOrDefault(oid, Set.of()).contains(Event.UPDATE)) {
        all.merge(oid, MOVED, Reach::both);
        children.forEach(child -> all.merge(child.oid(), MOVED, Reach::both));
      }
    }
    return all;
  }
}
