package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.policy.Inference;
import io.pgguard.statement.Effect;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import io.pgguard.wording.LineageWording;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes that fail or run by what protected columns hold: a unique key, a foreign key, a check or
 * the like compares them with what the agent writes. Under {@code inference: equality} plain
 * equality passes, as it does in a WHERE. Used by one thread, for one statement.
 */
final class ConstraintFindings {
  /** suppress_redundant_updates_trigger (PostgreSQL source, {@code catalog/pg_proc.dat}). */
  private static final int LEAVES_OUT_THE_SAME = 1291;

  private final Perspective perspective;
  private final Catalog catalog;
  private final Findings findings;
  private final Inference allowed;
  private final Set<Event> events;

  /** The columns that are written by their relation; none of one whose rows are only removed. */
  private final Map<Integer, Set<Integer>> written = new HashMap<>();

  /** Those of them that do not get values which the statement names, by relation and number. */
  private final Set<Long> computed = new HashSet<>();

  /** Those of them of which a part stays as it is stored, by relation and number. */
  private final Set<Long> inPart = new HashSet<>();

  /**
   * Whether all that is written to a row is written at once: ON CONFLICT, MERGE and WITH have
   * several ways, and what one gives another leaves as it is stored.
   */
  private final boolean oneWay;

  /** Whether rows that are there already are told one by one. */
  private final boolean conflicts;

  /** Whether it writes one row at most, so that what it computes is one value. */
  private final boolean single;

  ConstraintFindings(Understanding understanding, Tokens tokens, Findings findings) {
    this.perspective = understanding.perspective();
    this.catalog = perspective.catalog();
    this.findings = findings;
    this.allowed = perspective.policy().inference();
    boolean known = understanding.lineage() instanceof Lineage.Known;
    this.oneWay =
        understanding.facts().kind() == StatementKind.UPDATE
            && !understanding.facts().dataModifyingWith();
    this.conflicts = !known || understanding.facts().identifiers().contains("conflict");
    this.single = known && PlainRows.bringsOne(understanding.facts(), tokens);
    this.events = known ? ChangeEvents.of(understanding.facts()) : Event.ALL;
    if (understanding.lineage() instanceof Lineage.Known lineage) {
      lineage.writesRelations().forEach(oid -> written.put(oid, new HashSet<>()));
      for (WriteFlow flow : lineage.writes()) {
        if (flow.relationOid() != 0 && flow.number() > 0) {
          written.computeIfAbsent(flow.relationOid(), o -> new HashSet<>()).add(flow.number());
          if (flow.given() == null) {
            computed.add(key(flow.relationOid(), flow.number()));
          }
          if (flow.part()) {
            inPart.add(key(flow.relationOid(), flow.number()));
          }
        }
      }
    } else if (understanding.facts().effect() == Effect.WRITE) {
      for (Relation relation : perspective.mentioned(understanding.facts())) {
        Set<Integer> all = written.computeIfAbsent(relation.oid(), oid -> new HashSet<>());
        for (Column column : relation.columns()) {
          all.add(column.number());
          computed.add(key(relation.oid(), column.number()));
        }
      }
    }
  }

  void find() {
    if (allowed != Inference.ALLOW && perspective.protections().hides()) {
      written.forEach(this::find);
    }
  }

  private void find(int oid, Set<Integer> columns) {
    for (Comparing one : catalog.code().comparing(oid)) {
      Integer told = told(one, columns);
      if (told != null) {
        deny(oid, told, words(one));
      } else if (!rowByRow(one)) {
        byRows(oid, one, columns);
      }
    }
    if (events.contains(Event.UPDATE) && leavesOutTheSame(oid)) {
      told(oid, columns, Set.of())
          .ifPresent(number -> deny(oid, number, LineageWording.SAME_ROWS_LEFT_OUT.words()));
    }
    boolean stores = events.contains(Event.INSERT) || events.contains(Event.UPDATE);
    for (ForeignKey key : catalog.code().keysFrom(oid)) {
      byRows(oid, key);
      if (stores && allowed == Inference.DENY && meet(columns, key.referencingColumns())) {
        told(key.referenced(), key.referencedColumns(), Set.of())
            .ifPresent(
                number -> deny(key.referenced(), number, LineageWording.FOREIGN_KEY.words()));
        told(oid, key.referencingColumns(), given(oid, columns))
            .ifPresent(number -> deny(oid, number, LineageWording.FOREIGN_KEY.words()));
      }
    }
    for (ForeignKey key : catalog.code().keysTo(oid)) {
      boolean moves =
          events.contains(Event.DELETE)
              || events.contains(Event.UPDATE) && meet(columns, key.referencedColumns());
      if (moves && allowed == Inference.DENY) {
        told(key.referencing(), key.referencingColumns(), Set.of())
            .ifPresent(
                number -> deny(key.referencing(), number, LineageWording.FOREIGN_KEY.words()));
      }
    }
  }

  /** Whether updates that change nothing are left out, which the command tag tells. */
  private boolean leavesOutTheSame(int oid) {
    return catalog.relation(oid).stream()
        .flatMap(relation -> relation.triggers().stream())
        .filter(trigger -> trigger.on(Set.of(Event.UPDATE)))
        .anyMatch(trigger -> trigger.function() == LEAVES_OUT_THE_SAME);
  }

  /**
   * ON CONFLICT tells of each row whether its key is there: of rows that a query brings, any number
   * in one statement.
   */
  private boolean rowByRow(Comparing one) {
    if (one.kind() != Comparing.Kind.UNIQUE || !conflicts || allowed != Inference.EQUALITY) {
      return false;
    }
    Optional<Integer> told =
        one.columns().stream()
            .filter(number -> computed.contains(key(one.relation(), number)))
            .filter(number -> perspective.protections().of(one.relation(), number).isPresent())
            .findFirst();
    told.ifPresent(
        number -> findings.deny(FindingWording.CONFLICT_ROW_BY_ROW, name(one.relation(), number)));
    return told.isPresent();
  }

  /**
   * Of values that are computed any number is compared, and whether it runs tells whether one of
   * them is there. A key that is written in part compares what is stored with what is stored.
   */
  private void byRows(int oid, Comparing one, Set<Integer> columns) {
    boolean unique = one.kind() == Comparing.Kind.UNIQUE || one.kind() == Comparing.Kind.EXCLUSION;
    if (!unique || single || allowed != Inference.EQUALITY || !meet(columns, one.columns())) {
      return;
    }
    for (int number : one.columns()) {
      boolean stays = events.contains(Event.UPDATE) && !columns.contains(number);
      if ((stays || computed.contains(key(oid, number)))
          && perspective.protections().of(one.relation(), number).isPresent()) {
        findings.deny(FindingWording.KEY_OF_MANY_ROWS, words(one), name(one.relation(), number));
        return;
      }
    }
  }

  private void byRows(int oid, ForeignKey key) {
    if (single || allowed != Inference.EQUALITY) {
      return;
    }
    for (int i = 0; i < key.referencingColumns().size(); i++) {
      int number = key.referencedColumns().get(i);
      if (computed.contains(key(oid, key.referencingColumns().get(i)))
          && perspective.protections().of(key.referenced(), number).isPresent()) {
        findings.deny(
            FindingWording.KEY_OF_MANY_ROWS,
            LineageWording.FOREIGN_KEY.words(),
            name(key.referenced(), number));
        return;
      }
    }
  }

  private static long key(int oid, int number) {
    return (long) oid << 32 | number;
  }

  /** The protected column that a constraint tells of when these columns are written; or null. */
  private @Nullable Integer told(Comparing one, Set<Integer> columns) {
    if (!meet(columns, one.columns())) {
      return null;
    }
    return switch (one.kind()) {
      case UNIQUE, EXCLUSION ->
          allowed == Inference.EQUALITY && one.plain()
              ? null
              : told(one.relation(), one.columns(), Set.of()).orElse(null);
      case CHECK, POLICY ->
          events.contains(Event.UPDATE)
              ? told(one.relation(), one.columns(), given(one.relation(), columns)).orElse(null)
              : null; // a new row holds what the agent itself gives it
      case PARTITION_KEY, PARTIAL -> null;
    };
  }

  /** What the row has from the statement for certain. */
  private Set<Integer> given(int oid, Set<Integer> columns) {
    boolean fresh = !events.contains(Event.UPDATE);
    if (!oneWay && !fresh) {
      return Set.of();
    }
    Set<Integer> whole = new HashSet<>(columns);
    whole.removeIf(number -> inPart.contains(key(oid, number)));
    return whole;
  }

  /** The first protected one of some columns that the statement does not give itself. */
  private Optional<Integer> told(int oid, Collection<Integer> columns, Set<Integer> given) {
    return columns.stream()
        .filter(number -> !given.contains(number))
        .filter(number -> perspective.protections().of(oid, number).isPresent())
        .findFirst();
  }

  private static boolean meet(Set<Integer> columns, Collection<Integer> others) {
    return others.stream().anyMatch(columns::contains);
  }

  private static String words(Comparing one) {
    return switch (one.kind()) {
      case UNIQUE -> LineageWording.UNIQUE_KEY.words();
      case EXCLUSION -> LineageWording.EXCLUSION.words();
      case CHECK -> LineageWording.CHECK.words();
      case POLICY -> LineageWording.ROW_POLICY.words();
      case PARTITION_KEY, PARTIAL -> LineageWording.INDEX.words();
    };
  }

  private void deny(int oid, int number, String constraint) {
    findings.deny(FindingWording.CONSTRAINT, constraint, name(oid, number));
  }

  private String name(int oid, int number) {
    String relation =
        catalog
            .relation(oid)
            .map(Relation::qualifiedName)
            .orElse(LineageWording.SOME_RELATION.words());
    return catalog
        .relation(oid)
        .flatMap(found -> found.column(number))
        .map(found -> relation + "." + found.name())
        .orElse(relation);
  }
}
