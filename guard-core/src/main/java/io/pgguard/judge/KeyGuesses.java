package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.statement.Effect;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a write guesses of protected columns by the keys that the server holds it to: a unique key
 * tells whether its values are there already, a foreign key whether they are there at all, and
 * whether somebody still refers to them. Plain equality each time, so that it passes under {@code
 * inference: equality} and is counted. Used by one thread, for one statement.
 */
public final class KeyGuesses {
  private static final String UNIQUE = LineageWording.UNIQUE_KEY.words();
  private static final String FOREIGN = LineageWording.FOREIGN_KEY.words();

  private final StatementAnalysis part;
  private final Catalog catalog;
  private final Set<Event> events;

  /** What is written to each column of each relation; null where that is computed, or not known. */
  private final Map<Integer, Map<Integer, @Nullable Set<Influence.Guess>>> written =
      new HashMap<>();

  private final List<Influence> found = new ArrayList<>();

  private KeyGuesses(StatementAnalysis part, Perspective perspective) {
    this.part = part;
    this.catalog = perspective.catalog();
    if (part.lineage() instanceof Lineage.Known known) {
      this.events = ChangeEvents.of(part.facts());
      known.writesRelations().forEach(oid -> written.put(oid, new HashMap<>()));
      known.writes().forEach(this::add);
    } else {
      this.events = Event.ALL;
      if (part.facts().effect() == Effect.WRITE) {
        perspective.mentioned(part.facts()).forEach(this::addAll);
      }
    }
  }

  /** The guesses of a statement; without values where nobody can tell which. */
  public static List<Influence> of(StatementAnalysis part, Perspective perspective) {
    if (!part.protections().hides()) {
      return List.of();
    }
    KeyGuesses guesses = new KeyGuesses(part, perspective);
    guesses.written.forEach(guesses::find);
    return guesses.found;
  }

  private void add(WriteFlow flow) {
    if (flow.relationOid() == 0 || flow.number() <= 0) {
      return;
    }
    Map<Integer, @Nullable Set<Influence.Guess>> columns =
        written.computeIfAbsent(flow.relationOid(), oid -> new HashMap<>());
    Set<Influence.Guess> given = flow.given();
    if (!columns.containsKey(flow.number())) {
      columns.put(flow.number(), given);
      return;
    }
    Set<Influence.Guess> before = columns.get(flow.number());
    if (given == null || before == null) {
      columns.put(flow.number(), null);
    } else {
      Set<Influence.Guess> both = new HashSet<>(before);
      both.addAll(given);
      columns.put(flow.number(), both);
    }
  }

  private void addAll(Relation relation) {
    Map<Integer, @Nullable Set<Influence.Guess>> columns = new HashMap<>();
    relation.columns().forEach(column -> columns.put(column.number(), null));
    written.put(relation.oid(), columns);
  }

  private void find(int oid, Map<Integer, @Nullable Set<Influence.Guess>> columns) {
    for (Comparing key : catalog.code().comparing(oid)) {
      if (key.kind() == Comparing.Kind.UNIQUE
          && key.columns().stream().anyMatch(columns::containsKey)) {
        for (int number : key.columns()) {
          guess(key.relation(), number, columns.get(number), UNIQUE);
        }
      }
    }
    for (ForeignKey key : catalog.code().keysFrom(oid)) {
      if (key.referencingColumns().stream().anyMatch(columns::containsKey)) {
        for (int i = 0; i < key.referencedColumns().size(); i++) {
          Set<Influence.Guess> given = columns.get(key.referencingColumns().get(i));
          guess(key.referenced(), key.referencedColumns().get(i), given, FOREIGN);
          if (!columns.containsKey(key.referencingColumns().get(i))) {
            guess(oid, key.referencingColumns().get(i), null, FOREIGN);
          }
        }
      }
    }
    for (ForeignKey key : catalog.code().keysTo(oid)) {
      if (events.contains(Event.DELETE)
          || events.contains(Event.UPDATE)
              && key.referencedColumns().stream().anyMatch(columns::containsKey)) {
        key.referencingColumns().forEach(number -> guess(key.referencing(), number, null, FOREIGN));
      }
    }
  }

  private void guess(int oid, int number, @Nullable Set<Influence.Guess> given, String where) {
    boolean none = given != null && given.isEmpty(); // the owner's default
    if (!none && part.protections().of(oid, number).isPresent()) {
      found.add(
          new Influence(
              oid,
              number,
              Influence.Kind.EQUALITY,
              where,
              given == null ? Set.of() : given,
              Set.of()));
    }
  }
}
