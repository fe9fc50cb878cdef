package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.policy.ColumnName;
import io.pgguard.policy.ColumnUse;
import io.pgguard.policy.Policy;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which columns a statement reads and sets, for the rules that ask: what flows by its tree, and all
 * columns of what it touches by ways that are not followed. Used by one thread, for one statement.
 */
final class ColumnUses {
  private static final Set<Event> REMOVING = EnumSet.of(Event.DELETE, Event.TRUNCATE);
  private static final Set<Event> SETTING = EnumSet.of(Event.INSERT, Event.UPDATE);

  private final Understanding understanding;
  private final StatementFacts facts;
  private final Catalog catalog;
  private final Set<ColumnName> read = new HashSet<>();
  private final Set<ColumnName> readWhole = new HashSet<>();
  private final Set<ColumnName> mayRead = new HashSet<>();
  private final Set<ColumnName> set = new HashSet<>();
  private final Set<ColumnName> setWhole = new HashSet<>();
  private final Set<ColumnName> maySet = new HashSet<>();

  private ColumnUses(Understanding understanding) {
    this.understanding = understanding;
    this.facts = understanding.facts();
    this.catalog = understanding.perspective().catalog();
  }

  /** The use of columns by a statement; none where no rule of the policy asks. */
  static ColumnUse of(Understanding understanding) {
    Policy policy = understanding.perspective().policy();
    return policy.asksForColumns() ? new ColumnUses(understanding).found() : ColumnUse.NONE;
  }

  private ColumnUse found() {
    boolean known = understanding.lineage() instanceof Lineage.Known;
    if (understanding.lineage() instanceof Lineage.Known lineage) {
      read(lineage);
      set(lineage);
    } else {
      mentioned();
    }
    Reach code = understanding.followed();
    code.reads().forEach(oid -> all(oid, mayRead));
    code.changes().forEach((oid, events) -> changedByCode(oid, events));
    return new ColumnUse(
        new ColumnUse.Touched(read, readWhole, mayRead, known),
        new ColumnUse.Touched(set, setWhole, maySet, known),
        understanding.tree() instanceof ParseResult.Parsed parsed
            ? Boolean.valueOf(Stars.in(parsed.statement()))
            : null);
  }

  private void read(Lineage.Known lineage) {
    for (OutputLineage output : lineage.outputs()) {
      sources(output.sources(), lineage.reads());
    }
    for (Influence influence : lineage.influences()) {
      column(influence.relationOid(), influence.number(), lineage.reads(), read);
    }
    for (WriteFlow flow : lineage.writes()) {
      sources(flow.sources(), lineage.reads());
    }
    if (lineage.made() != null) {
      for (OutputLineage output : lineage.made().columns()) {
        sources(output.sources(), lineage.reads());
      }
    }
    untouched(lineage.reads(), read, readWhole);
  }

  private void sources(Collection<ColumnSource> sources, Set<Integer> relations) {
    for (ColumnSource source : sources) {
      column(source.relationOid(), source.number(), relations, read);
    }
  }

  /** A column, and that of the children which are touched with it. */
  private void column(int oid, int number, Set<Integer> touched, Set<ColumnName> into) {
    Relation relation = catalog.relation(oid).orElse(null);
    if (relation == null) {
      return;
    }
    Column column = relation.column(number).orElse(null);
    if (column == null) {
      all(oid, into); // the whole row, or a part of a column that has a number of its own
      return;
    }
    add(relation, column, into);
    if (into == read && column.generated()) {
      computed(relation, column);
    }
    for (Relation child : catalog.children(oid)) {
      if (touched.contains(child.oid())) {
        child.column(column.name()).ifPresent(same -> add(child, same, into));
      }
    }
  }

  /** What a generated column is computed from, by the names in its expression. */
  private void computed(Relation relation, Column column) {
    String expression = column.expression();
    try {
      Tokens tokens = expression == null ? null : Lexer.lex(expression);
      Set<String> names = tokens == null ? null : tokens.identifiers(0, tokens.size());
      for (Column other : relation.columns()) {
        if (names == null || names.contains(other.name())) {
          add(relation, other, read);
        }
      }
    } catch (LexicalException e) {
      all(relation.oid(), read); // PostgreSQL reads it otherwise than Guard
    }
  }

  /** Relations of which no column is named: their rows count. */
  private void untouched(Collection<Integer> oids, Set<ColumnName> columns, Set<ColumnName> into) {
    Set<String> named = new HashSet<>();
    columns.forEach(column -> named.add(column.schema() + "." + column.relation()));
    for (int oid : oids) {
      catalog
          .relation(oid)
          .filter(relation -> !named.contains(relation.qualifiedName()))
          .ifPresent(
              relation -> into.add(new ColumnName(relation.schema(), relation.name(), null)));
    }
  }

  /** What its words set; where rows go, each column of them goes too. */
  private void set(Lineage.Known lineage) {
    for (WriteFlow flow : lineage.writes()) {
      if (flow.relationOid() != 0) {
        column(flow.relationOid(), flow.number(), lineage.writesRelations(), set);
      }
    }
    Set<Event> own = ChangeEvents.of(facts);
    for (Map.Entry<Integer, Set<Event>> change : understanding.reach().changes().entrySet()) {
      int oid = change.getKey();
      if (!lineage.writesRelations().contains(oid)) {
        changedByCode(oid, change.getValue()); // by a foreign key, or by what is not followed
      } else if (change.getValue().stream().anyMatch(REMOVING::contains)) {
        all(oid, setWhole);
      }
      TriggerColumns.set(oid, own, catalog, maySet);
    }
    untouched(lineage.writesRelations(), set, setWhole);
  }

  private void changedByCode(int oid, Set<Event> events) {
    if (events.isEmpty() || events.stream().anyMatch(SETTING::contains)) {
      all(oid, maySet);
    }
    all(oid, setWhole);
  }

  /** The way of columns is not known: any of what it names. */
  private void mentioned() {
    boolean changes = facts.effect() != Effect.READ;
    boolean removes =
        facts.effect() == Effect.WRITE && REMOVING.containsAll(ChangeEvents.of(facts));
    for (Relation relation : understanding.perspective().mentioned(facts)) {
      all(relation.oid(), mayRead);
      if (changes && !removes) {
        all(relation.oid(), maySet);
      }
    }
    understanding.reach().changes().forEach(this::changedByCode);
  }

  private void all(int oid, Set<ColumnName> into) {
    Relation relation = catalog.relation(oid).orElse(null);
    if (relation != null) {
      relation.columns().forEach(column -> add(relation, column, into));
    }
  }

  static void add(Relation relation, Column column, Set<ColumnName> into) {
    into.add(new ColumnName(relation.schema(), relation.name(), column.name()));
  }
}
