package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.ForeignKey.Action;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of other relations when rows of some are changed: partitions and children that hold
 * the rows, and the changes that foreign keys make by themselves, at any depth (PostgreSQL
 * documentation, "Foreign Keys"). Stateless and thread-safe.
 */
public final class KeyChanges {
  private static final Set<Event> MOVED = Set.of(Event.INSERT, Event.DELETE);

  private KeyChanges() {}

  /**
   * All changes, those given among them.
   *
   * @param first relations by OID, and how their rows are changed
   */
  public static Map<Integer, Set<Event>> of(Catalog catalog, Map<Integer, Set<Event>> first) {
    Map<Integer, Set<Event>> all = new LinkedHashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    first.forEach((oid, events) -> add(oid, events, all, open));
    while (!open.isEmpty()) {
      int oid = open.remove();
      Set<Event> events = all.getOrDefault(oid, Set.of());
      for (Relation child : catalog.children(oid)) {
        add(child.oid(), events, all, open);
      }
      for (ForeignKey key : catalog.code().keysTo(oid)) {
        Set<Event> handedOn = handedOn(key, events);
        if (!handedOn.isEmpty()) {
          add(key.referencing(), handedOn, all, open);
        }
      }
    }
    return moving(catalog, all);
  }

  /**
   * An UPDATE that moves a row to another partition removes it here and adds it there, which sets
   * off triggers for rows; keys take it for the UPDATE that it is (PostgreSQL documentation,
   * "Overview of Trigger Behavior").
   */
  private static Map<Integer, Set<Event>> moving(
      Catalog catalog, Map<Integer, Set<Event>> all) {
    for (int oid : Set.copyOf(all.keySet())) {
      List<Relation> children = catalog.children(oid);
      if (!children.isEmpty() && all.getOrDefault(oid, Set.of()).contains(Event.UPDATE)) {
        all.merge(oid, MOVED, Reach::both);
        children.forEach(child -> all.merge(child.oid(), MOVED, Reach::both));
      }
    }
    return all;
  }

  private static void add(
      int oid, Set<Event> events, Map<Integer, Set<Event>> all, Deque<Integer> open) {
    Set<Event> known = all.get(oid);
    if (known == null || !known.containsAll(events)) {
      all.merge(oid, Reach.both(events, Set.of()), Reach::both);
      open.add(oid);
    }
  }

  /** TRUNCATE CASCADE empties whatever points there, whatever the key says of single rows. */
  private static Set<Event> handedOn(ForeignKey key, Set<Event> events) {
    Set<Event> handedOn = EnumSet.noneOf(Event.class);
    if (events.contains(Event.DELETE) && key.onDelete() != Action.NONE) {
      handedOn.add(key.onDelete() == Action.CASCADE ? Event.DELETE : Event.UPDATE);
    }
    if (events.contains(Event.UPDATE) && key.onUpdate() != Action.NONE) {
      handedOn.add(Event.UPDATE);
    }
    if (events.contains(Event.TRUNCATE)) {
      handedOn.add(Event.TRUNCATE);
    }
    return handedOn;
  }
}
