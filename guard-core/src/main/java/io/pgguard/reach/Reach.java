package io.pgguard.reach;

import io.pgguard.catalog.Trigger.Event;
import io.pgguard.internal.names.SmallSets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a statement makes the server run and touch, as far as a snapshot tells: an over-estimate.
 * Functions stand by their OIDs, each with the words that say how it is come to. Immutable.
 *
 * @param named functions that the text may call, in whatever form it names them: functions,
 *     operators, casts
 * @param attached functions that come with what it changes and with the types of its values, such
 *     as a column's default or a domain's check
 * @param reading functions that come with what it reads: row policies, definitions of views,
 *     columns that are computed when they are read
 * @param checks functions of the checks of domains that values become without being named: a
 *     constant or parameter beside a column of such a type, what a polymorphic function makes
 * @param triggers functions of the triggers that it sets off
 * @param reads OIDs of the relations that are read
 * @param changes OIDs of the relations whose rows are changed, also by foreign keys, and how
 * @param open whether something may run that Guard cannot see into, and so change anything
 */
public record Reach(
    Map<Integer, String> named,
    Map<Integer, String> attached,
    Map<Integer, String> reading,
    Map<Integer, String> checks,
    Map<Integer, String> triggers,
    Set<Integer> reads,
    Map<Integer, Set<Event>> changes,
    boolean open) {
  /** Of a statement that makes the server run nothing. */
  public static final Reach NOTHING =
      new Reach(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), false);

  /** Of a statement that makes the server run what nobody can see into. */
  public static final Reach OPEN = NOTHING.opened(true);

  public Reach {
    named = copy(named);
    attached = copy(attached);
    reading = copy(reading);
    checks = copy(checks);
    triggers = copy(triggers);
    reads = SmallSets.copy(reads);
    changes = copy(changes);
  }

  /** In the order of the original. */
  private static <V> Map<Integer, V> copy(Map<Integer, V> original) {
    return original.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(original));
  }

  private boolean isNothing() {
    return !open
        && named.isEmpty()
        && attached.isEmpty()
        && reading.isEmpty()
        && checks.isEmpty()
        && triggers.isEmpty()
        && reads.isEmpty()
        && changes.isEmpty();
  }

  /** Of a statement that reads these relations. */
  public static Reach reading(Set<Integer> relations) {
    return NOTHING.touching(relations, Map.of());
  }

  /** Of a statement that changes these relations, and how. */
  public static Reach changing(Map<Integer, Set<Event>> relations) {
    return NOTHING.touching(Set.of(), relations);
  }

  private Reach touching(Set<Integer> read, Map<Integer, Set<Event>> changed) {
    return new Reach(named, attached, reading, checks, triggers, read, changed, open);
  }

  /** OIDs of all functions that may run, but for {@link #checks}. */
  public Set<Integer> functions() {
    Set<Integer> all = new HashSet<>(named.keySet());
    all.addAll(attached.keySet());
    all.addAll(reading.keySet());
    all.addAll(triggers.keySet());
    return all;
  }

  /** Whether nothing but PostgreSQL's own code may run. */
  public boolean systemOnly() {
    return !open
        && system(named)
        && system(attached)
        && system(reading)
        && system(checks)
        && system(triggers);
  }

  /** OIDs below are given by initdb (FirstNormalObjectId, transam.h). */
  private static boolean system(Map<Integer, String> functions) {
    if (functions.isEmpty()) {
      return true; // most often, and without an iterator
    }
    for (int oid : functions.keySet()) {
      if (oid <= 0 || oid >= 16384) {
        return false;
      }
    }
    return true;
  }

  /** This and another together. */
  public Reach with(Reach other) {
    if (other.isNothing()) {
      return this;
    } else if (isNothing()) {
      return other;
    }
    Set<Integer> allReads = new HashSet<>(reads);
    allReads.addAll(other.reads);
    Map<Integer, Set<Event>> allChanges = new LinkedHashMap<>(changes);
    other.changes.forEach((oid, events) -> allChanges.merge(oid, events, Reach::both));
    return new Reach(
        both(named, other.named),
        both(attached, other.attached),
        both(reading, other.reading),
        both(checks, other.checks),
        both(triggers, other.triggers),
        allReads,
        allChanges,
        open || other.open);
  }

  /** The same, which runs these functions too. */
  public Reach attaching(Map<Integer, String> functions) {
    return new Reach(
        named, both(attached, functions), reading, checks, triggers, reads, changes, open);
  }

  /** The same, which may run these functions of checks too. */
  Reach checking(Map<Integer, String> functions) {
    return new Reach(
        named, attached, reading, both(checks, functions), triggers, reads, changes, open);
  }

  /** The same, open where it is or this says so. */
  Reach opened(boolean also) {
    return open || !also
        ? this
        : new Reach(named, attached, reading, checks, triggers, reads, changes, true);
  }

  private static Map<Integer, String> both(Map<Integer, String> one, Map<Integer, String> other) {
    Map<Integer, String> all = new LinkedHashMap<>(one);
    other.forEach(all::putIfAbsent);
    return all;
  }

  static Set<Event> both(Set<Event> one, Set<Event> other) {
    Set<Event> all = EnumSet.noneOf(Event.class);
    all.addAll(one);
    all.addAll(other);
    return all;
  }
}
