package io.pgguard.memory;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.MadeColumns;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.statement.Effect;
import io.pgguard.statement.MadeRelation;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a completed statement does to the session's temporary relations. Used by the session's
 * thread.
 */
public final class TemporaryEffects {
  /** Kinds that leave the columns of what they mention as they are. */
  private static final Set<StatementKind> HARMLESS =
      Set.of(
          StatementKind.CREATE_TABLE,
          StatementKind.CREATE_TABLE_AS,
          StatementKind.CREATE_VIEW,
          StatementKind.CREATE_SEQUENCE,
          StatementKind.CREATE_INDEX,
          StatementKind.COMMENT,
          StatementKind.GRANT);

  private final Temporaries temporaries;
  private final Supplier<Catalog> catalog;

  public TemporaryEffects(Temporaries temporaries, Supplier<Catalog> catalog) {
    this.temporaries = temporaries;
    this.catalog = catalog;
  }

  /** Whether the statement made a temporary relation, or dropped nothing else. */
  public boolean completed(StatementAnalysis analysis) {
    StatementFacts facts = analysis.facts();
    boolean dropsOnly = dropsOnly(facts);
    boolean made = make(facts, analysis);
    if (facts.kind() == StatementKind.EXPLAIN && facts.analyze()) {
      for (StatementFacts carried : facts.carried()) {
        made |= make(carried, analysis);
      }
    }
    if (!made && !temporaries.isEmpty()) {
      changed(facts, analysis);
    }
    return made || dropsOnly;
  }

  /** An unqualified name that a temporary relation has is that relation's. */
  private boolean dropsOnly(StatementFacts facts) {
    return !facts.dropped().isEmpty()
        && facts.dropped().stream()
            .allMatch(
                name ->
                    temporaries.has(name.name())
                        && (name.schema() == null || MadeRelation.isTemporary(name.schema())));
  }

  private boolean make(StatementFacts facts, StatementAnalysis analysis) {
    MadeRelation made = facts.made().orElse(null);
    if (made == null) {
      return false;
    }
    Lineage.@Nullable Known known = analysis.lineage() instanceof Lineage.Known k ? k : null;
    MadeColumns columns = known == null ? null : known.made();
    boolean over = known == null ? mentionsTemporary(facts, made) : known.temporary();
    boolean temporary = made.temporary() || (facts.kind() == StatementKind.CREATE_VIEW && over);
    if (!temporary) {
      return false;
    }
    temporaries.made(
        relation(made, columns, known, facts).calling(called(facts, analysis)),
        made.ifNotExists(),
        made.dropsOnCommit());
    return true;
  }

  /** What the definition calls: by name, and through LIKE or INHERITS by what it copies. */
  private Set<Integer> called(StatementFacts facts, StatementAnalysis analysis) {
    Set<Integer> called = new HashSet<>();
    if (facts.kind() == StatementKind.CREATE_TABLE || facts.kind() == StatementKind.CREATE_VIEW) {
      called.addAll(analysis.reach().functions());
      called.removeIf(
          oid ->
              analysis.protections().catalog().function(oid).filter(Function::builtIn).isPresent());
    }
    if (facts.kind() == StatementKind.CREATE_TABLE) {
      for (Relation relation : mentioned(facts)) {
        called.addAll(
            analysis
                .protections()
                .reaches()
                .ofChange(relation.oid(), Trigger.Event.ALL)
                .attached()
                .keySet());
      }
    }
    return called;
  }

  private boolean mentionsTemporary(StatementFacts facts, MadeRelation made) {
    return facts.relationMentions().stream()
        .anyMatch(name -> !name.equals(made.name()) && temporaries.has(name.name()));
  }

  private TemporaryRelation relation(
      MadeRelation made,
      @Nullable MadeColumns columns,
      Lineage.@Nullable Known known,
      StatementFacts facts) {
    String name = made.name().name();
    if (columns != null && known != null) {
      Set<Integer> reads = columns.view() ? known.reads() : Set.of();
      return new TemporaryRelation(name, columns.columns(), reads, true);
    }
    List<String> names = made.columns();
    if (names != null) {
      List<OutputLineage> open =
          names.stream().map(column -> new OutputLineage(column, Set.of())).toList();
      return new TemporaryRelation(name, open, Set.of(), true);
    }
    Set<Integer> reads = new HashSet<>();
    mentioned(facts).forEach(relation -> reads.add(relation.oid()));
    return new TemporaryRelation(name, List.of(new OutputLineage("*", all(facts))), reads, false);
  }

  private void changed(StatementFacts facts, StatementAnalysis analysis) {
    if (facts.effect() == Effect.CODE || facts.kind() == StatementKind.DROP_OWNED) {
      temporaries.allChanged();
      return;
    }
    if (facts.kind() == StatementKind.DISCARD) {
      if (discardsTemporaries(facts)) {
        temporaries.allDropped();
      }
      return;
    }
    for (Name name : facts.dropped()) {
      if (name.schema() == null || MadeRelation.isTemporary(name.schema())) {
        temporaries.dropped(name.name());
      }
    }
    if (facts.effect() == Effect.DDL && !HARMLESS.contains(facts.kind())) {
      for (Name name : facts.relationMentions()) {
        temporaries.changed(name.name());
        facts.renamedTo().ifPresent(now -> temporaries.renamed(name.name(), now));
      }
    } else if (facts.effect() == Effect.WRITE) {
      written(facts, analysis);
    }
  }

  private static boolean discardsTemporaries(StatementFacts facts) {
    return !Collections.disjoint(facts.identifiers(), Set.of("all", "temp", "temporary"));
  }

  /** Guard refuses to write what is protected; but a policy may only observe, or change later. */
  private void written(StatementFacts facts, StatementAnalysis analysis) {
    for (Name name : facts.relationMentions()) {
      if (temporaries.has(name.name())) {
        temporaries.fed(name.name(), written(analysis));
      }
    }
  }

  private Set<ColumnSource> written(StatementAnalysis analysis) {
    if (!(analysis.lineage() instanceof Lineage.Known known)) {
      return all(analysis.facts());
    }
    Set<ColumnSource> sources = new HashSet<>();
    for (WriteFlow flow : known.writes()) {
      if (flow.relationOid() == 0) {
        sources.addAll(flow.sources());
      }
    }
    return sources;
  }

  /** Every column of every relation that a statement may name. */
  private Set<ColumnSource> all(StatementFacts facts) {
    Set<ColumnSource> sources = new HashSet<>();
    for (Relation relation : mentioned(facts)) {
      for (Column column : relation.columns()) {
        sources.add(new ColumnSource(relation.oid(), column.number(), Flow.DERIVE));
      }
    }
    return sources;
  }

  private List<Relation> mentioned(StatementFacts facts) {
    return facts.relationMentions().stream()
        .flatMap(name -> catalog.get().relationsNamed(name.name()).stream())
        .toList();
  }
}
