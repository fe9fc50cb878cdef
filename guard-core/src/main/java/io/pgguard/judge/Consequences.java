package io.pgguard.judge;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of relations that a definition or a code block does not name as its own: partitions
 * and children, whatever CASCADE takes along, whatever stands in a schema, and what a block of code
 * changes (PostgreSQL documentation, "Dependency Tracking"). An over-estimate: rules that stop look
 * at it. Used by one thread, for one statement.
 */
final class Consequences {
  /** They reach the partitions and children of what they name. */
  private static final Set<StatementKind> INHERITED =
      EnumSet.of(
          StatementKind.DROP,
          StatementKind.ALTER_TABLE,
          StatementKind.ALTER_OBJECT_SCHEMA,
          StatementKind.RENAME,
          StatementKind.CREATE_INDEX,
          StatementKind.CREATE_TRIGGER);

  /** They reach whatever there is. */
  private static final Set<StatementKind> ALL =
      EnumSet.of(
          StatementKind.DROP_OWNED,
          StatementKind.REASSIGN_OWNED,
          StatementKind.ALTER_TABLE_MOVE_ALL,
          StatementKind.DROP_TABLESPACE,
          StatementKind.DROP_DATABASE);

  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_toast");

  private final StatementFacts facts;
  private final Tokens tokens;
  private final Catalog catalog;
  private final Set<Integer> found = new HashSet<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final boolean cascade;

  private Consequences(StatementFacts facts, Tokens tokens, Catalog catalog) {
    this.facts = facts;
    this.tokens = tokens;
    this.catalog = catalog;
    this.cascade = says(Keyword.CASCADE);
  }

  static Reach of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    StatementKind kind = facts.kind();
    if (kind == StatementKind.DO) {
      return CodeBlock.of(facts, tokens).reach(perspective);
    }
    if (kind == StatementKind.REFRESH_MATERIALIZED_VIEW) {
      return refreshed(facts, perspective);
    }
    if (!concerns(kind)) {
      return Reach.NOTHING;
    }
    Consequences consequences = new Consequences(facts, tokens, perspective.catalog());
    consequences.find(perspective.mentioned(facts));
    return consequences.reach();
  }

  /** Whether statements of a kind may reach what they do not name. */
  private static boolean concerns(StatementKind kind) {
    return INHERITED.contains(kind)
        || ALL.contains(kind)
        || kind == StatementKind.GRANT
        || kind == StatementKind.ALTER_OWNER;
  }

  /** Its query runs again. */
  private static Reach refreshed(StatementFacts facts, Perspective perspective) {
    Set<Integer> reads = new HashSet<>();
    for (Relation relation : perspective.mentioned(facts)) {
      reads.addAll(relation.dependsOn());
    }
    return Reach.reading(reads);
  }

  private Reach reach() {
    Map<Integer, Set<Event>> changes = new HashMap<>();
    found.forEach(oid -> changes.put(oid, Set.of()));
    return found.isEmpty() ? Reach.NOTHING : Reach.changing(changes);
  }

  private void find(Collection<Relation> mentioned) {
    if (INHERITED.contains(facts.kind())) {
      mentioned.forEach(this::add);
    }
    if (says(Keyword.SCHEMA) && ofSchemas()) {
      catalog.relations().stream()
          .filter(relation -> facts.identifiers().contains(relation.schema()))
          .forEach(this::add);
    }
    if (ALL.contains(facts.kind())) {
      addAll();
    } else if (facts.kind() == StatementKind.DROP && cascade) {
      dropped();
    }
    while (!open.isEmpty()) {
      follow(open.remove());
    }
  }

  /** Whether the word SCHEMA stands for all that is in one. */
  private boolean ofSchemas() {
    return switch (facts.kind()) {
      case DROP, RENAME -> true;
      case GRANT, ALTER_OWNER -> says(Keyword.ALL);
      default -> false;
    };
  }

  /** DROP ... CASCADE of what is no relation: what uses it, as far as the snapshot tells. */
  private void dropped() {
    switch (facts.from() + 1 < facts.to() ? tokens.value(facts.from() + 1) : "") {
      case "table", "view", "materialized", "foreign", "index", "sequence", "schema" -> {
        // what depends on a relation is followed
      }
      case "type", "domain" ->
          catalog.relations().stream().filter(this::holdsType).forEach(this::add);
      case "function", "procedure", "routine", "aggregate" ->
          catalog.relations().stream().filter(this::calls).forEach(this::add);
      case "trigger", "rule", "policy" -> {
        // nothing depends on these
      }
      default -> addAll();
    }
  }

  private boolean holdsType(Relation relation) {
    return relation.columns().stream().anyMatch(column -> names(column.typeOid()));
  }

  private boolean names(int typeOid) {
    TypeInfo type = catalog.type(typeOid).orElse(null);
    return type != null
        && (facts.identifiers().contains(type.name())
            || (type.elementType() != 0 && names(type.elementType()))
            || (type.baseType() != 0 && names(type.baseType())));
  }

  private boolean calls(Relation relation) {
    boolean named =
        relation.triggers().stream().anyMatch(trigger -> isNamed(trigger.function()))
            || relation.calls().stream().anyMatch(this::isNamed);
    for (AttachedCode piece : catalog.code().ofRelation(relation.oid())) {
      named |= piece.refers().functions().stream().anyMatch(this::isNamed);
    }
    return named;
  }

  private boolean isNamed(int functionOid) {
    return catalog
        .function(functionOid)
        .map(function -> facts.identifiers().contains(function.name()))
        .orElse(false);
  }

  private void addAll() {
    catalog.relations().stream()
        .filter(relation -> !SYSTEM.contains(relation.schema()))
        .forEach(this::add);
  }

  private void add(Relation relation) {
    if (found.add(relation.oid())) {
      open.add(relation.oid());
    }
  }

  private void follow(int oid) {
    catalog.children(oid).forEach(this::add);
    if (cascade) {
      catalog.dependents(oid).forEach(this::add);
      for (ForeignKey key : catalog.code().keysTo(oid)) {
        found.add(key.referencing()); // it loses the key, and nothing that depends on it goes
      }
    }
  }

  private boolean says(Keyword word) {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, word)) {
        return true;
      }
    }
    return false;
  }
}
