package io.pgguard.judge;

import io.pgguard.catalog.Trigger.Event;
import io.pgguard.statement.StatementFacts;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a statement may change the rows of what it writes, and so which triggers it sets off: by its
 * kind. Every way where the kind does not tell. Stateless and thread-safe.
 */
public final class ChangeEvents {
  private ChangeEvents() {}

  /** The kinds of change that a statement may make. */
  public static Set<Event> of(StatementFacts facts) {
    if (facts.dataModifyingWith()) {
      return Event.ALL;
    }
    return switch (facts.kind()) {
      case INSERT ->
          facts.identifiers().contains("update")
              ? EnumSet.of(Event.INSERT, Event.UPDATE)
              : EnumSet.of(Event.INSERT);
      case UPDATE -> EnumSet.of(Event.UPDATE);
      case DELETE -> EnumSet.of(Event.DELETE);
      case MERGE -> EnumSet.of(Event.INSERT, Event.UPDATE, Event.DELETE);
      case COPY -> facts.carried().isEmpty() ? EnumSet.of(Event.INSERT) : carried(facts);
      case EXPLAIN, PREPARE -> facts.carried().isEmpty() ? Event.ALL : carried(facts);
      default -> Event.ALL;
    };
  }

  private static Set<Event> carried(StatementFacts facts) {
    Set<Event> events = EnumSet.noneOf(Event.class);
    facts.carried().forEach(inner -> events.addAll(of(inner)));
    return events;
  }
}
