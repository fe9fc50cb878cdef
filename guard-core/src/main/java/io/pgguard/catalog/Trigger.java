package io.pgguard.catalog;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A trigger of a relation: which function it calls on which changes. Immutable.
 *
 * @param function the OID of its function
 * @param events the changes that set it off
 * @param condition attribute numbers that its WHEN looks at, 0 for the whole row; none without one
 */
public record Trigger(int function, Set<Event> events, Set<Integer> condition) {
  /** A change that sets off triggers (PostgreSQL documentation, "CREATE TRIGGER"). */
  public enum Event {
    INSERT(1 << 2),
    DELETE(1 << 3),
    UPDATE(1 << 4),
    TRUNCATE(1 << 5);

    /** Every change there is. */
    public static final Set<Event> ALL = Collections.unmodifiableSet(EnumSet.allOf(Event.class));

    private final int bit;

    Event(int bit) {
      this.bit = bit;
    }
  }

  public Trigger {
    EnumSet<Event> sorted = EnumSet.noneOf(Event.class); // prints the same in every run
    sorted.addAll(events);
    events = Collections.unmodifiableSet(sorted);
    condition = Collections.unmodifiableSet(new TreeSet<>(condition));
  }

  /**
   * A trigger as the catalog has it.
   *
   * @param type {@code pg_trigger.tgtype}, whose bits name the events (PostgreSQL source, {@code
   *     catalog/pg_trigger.h}); one with none of them counts as set off by every change
   * @param condition attribute numbers with commas between
   */
  static Trigger of(int function, int type, @Nullable String condition) {
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (Event event : Event.values()) {
      if ((type & event.bit) != 0) {
        events.add(event);
      }
    }
    Set<Integer> columns = new TreeSet<>();
    if (condition != null) {
      for (String number : condition.split(",")) {
        columns.add(Integer.parseInt(number));
      }
    }
    return new Trigger(function, events.isEmpty() ? Event.ALL : events, columns);
  }

  /** Whether one of these changes sets it off. */
  public boolean on(Set<Event> changes) {
    return !Collections.disjoint(events, changes);
  }
}
