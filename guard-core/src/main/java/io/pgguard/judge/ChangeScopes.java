package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.ForeignKey;
import io.pgguard.catalog.ForeignKey.Action;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.Reach;
import io.pgguard.reach.Rollbacks;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds where a statement may change rows, from its reach: what it names, what foreign keys hand
 * the change on to, and anywhere once code may run that may change anything. Used for one
 * statement.
 */
final class ChangeScopes {
  /** What holds rows, or takes what holds them along where it is dropped. */
  private static final Set<String> HOLDS_ROWS =
      Set.of("table", "schema", "extension", "type", "domain", "foreign", "server");

  private final StatementFacts facts;
  private final Executed executed;
  private final Lineage lineage;
  private final Reach reach;

  /** With what the functions of the reach do besides. */
  private final Reach all;

  /** What the functions themselves change. */
  private final Map<Integer, Set<Event>> codeChanges;

  private final Perspective perspective;
  private final Catalog catalog;

  ChangeScopes(Executed executed, Understanding understanding) {
    this.facts = understanding.facts();
    this.executed = executed;
    this.lineage = understanding.lineage();
    this.reach = understanding.reach();
    Reach followed = understanding.followed();
    this.codeChanges = followed.changes();
    this.all = reach.with(followed);
    this.perspective = understanding.perspective();
    this.catalog = perspective.catalog();
  }

  ChangeScope scope() {
    StatementFacts run = executed.facts();
    return switch (run.kind()) {
      case INSERT, UPDATE, DELETE, MERGE -> changes(facts == run).planned(isPlannedFirst());
      case SELECT ->
          (run.dataModifyingWith() ? changes(false) : runsCode() ? anywhere() : ChangeScope.NOTHING)
              .planned(isPlannedFirst());
      case EXECUTE -> ChangeScope.ANYWHERE;
      case EXPLAIN -> runsCode() ? ChangeScope.ANYWHERE : ChangeScope.NOTHING;
      case FETCH -> fetches(run) ? ChangeScope.ANYWHERE : ChangeScope.NOTHING;
      case COPY -> copy(run);
      case TRUNCATE, DO, CALL, UNKNOWN, DROP_DATABASE, DROP_OWNED -> ChangeScope.UNCOUNTABLE;
      case DROP -> removesRows(run) ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING;
      case CREATE_TABLE_AS,
          DECLARE,
          ALTER_TABLE,
          ALTER_DOMAIN,
          CREATE_INDEX,
          REINDEX,
          CLUSTER,
          REPACK,
          VACUUM ->
          runsCode() ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING;
      case REFRESH_MATERIALIZED_VIEW ->
          definitionsRunCode() ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING;
      default -> ChangeScope.NOTHING;
    };
  }

  /**
   * Whether code of somebody's may run before Execute: the server plans in Bind what it runs as it
   * is; triggers run later.
   */
  private boolean isPlannedFirst() {
    return facts == executed.facts()
        && runsCode()
        && (reach.open()
            || Stream.of(reach.named(), reach.attached(), reach.reading())
                .flatMap(functions -> functions.keySet().stream())
                .anyMatch(oid -> !Function.builtIn(oid)));
  }

  /** What a function has opened a cursor for is known to nobody; DECLARE was held to the rule. */
  private boolean fetches(StatementFacts run) {
    return run.cursorName().filter(perspective.objects().cursors()::containsKey).isEmpty();
  }

  /** Dropping a relation takes its rows with it. */
  private static boolean removesRows(StatementFacts run) {
    return run.identifiers().stream().skip(1).limit(1).anyMatch(HOLDS_ROWS::contains);
  }

  private ChangeScope copy(StatementFacts run) {
    if (!run.policyWords().contains("copy-in")) {
      return runsCode() ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING; // row policies
    }
    return run.identifiers().contains("program") ? ChangeScope.UNCOUNTABLE : changes(true);
  }

  /** EXPLAIN ANALYZE has another tag, and rows that are written by COPY leave before the count. */
  private ChangeScope changes(boolean ownTag) {
    if (facts.kind() == StatementKind.COPY && executed.facts().kind() != StatementKind.COPY) {
      return ChangeScope.UNCOUNTABLE;
    }
    if (outlives() || changesUncounted()) {
      return ChangeScope.UNCOUNTABLE;
    }
    if (!(lineage instanceof Lineage.Known known)
        || known.writesRelations().isEmpty()
        || mentionsTemporary()
        || runsCode()) {
      return ChangeScope.ANYWHERE;
    }
    Set<Integer> changed = reach.changes().keySet();
    if (changed.stream().anyMatch(oid -> catalog.relation(oid).isEmpty())) {
      return ChangeScope.ANYWHERE;
    }
    boolean byTag = ownTag && !facts.dataModifyingWith() && !handsOn(known.writesRelations());
    if (byTag && !facts.identifiers().contains("returning")) {
      return new ChangeScope(ChangeScope.Form.TAG, changed);
    }
    return changed.stream().anyMatch(this::isView)
        ? ChangeScope.ANYWHERE
        : new ChangeScope(ChangeScope.Form.COUNTERS, changed);
  }

  private ChangeScope anywhere() {
    return outlives()
            || all.functions().stream().anyMatch(this::stopsCounting)
            || facts.kind() == StatementKind.COPY
        ? ChangeScope.UNCOUNTABLE
        : ChangeScope.BY_ROW;
  }

  private boolean isView(int oid) {
    return catalog.relation(oid).filter(one -> one.kind() == RelationKind.VIEW).isPresent();
  }

  /** Whether rows are changed that the counters do not see, or by rules that nobody follows. */
  private boolean changesUncounted() {
    if (codeChanges.values().stream().anyMatch(events -> events.contains(Event.TRUNCATE))) {
      return true;
    }
    if (all.functions().stream().anyMatch(this::stopsCounting)) {
      return true;
    }
    for (int oid : all.changes().keySet()) {
      Relation relation = catalog.relation(oid).orElse(null);
      if (relation != null && (relation.kind() == RelationKind.FOREIGN_TABLE || relation.rules())) {
        return true;
      }
    }
    return false;
  }

  /** The session's own relations are in no snapshot. */
  private boolean mentionsTemporary() {
    Set<String> temporary = perspective.objects().temporaryRelations().keySet();
    return !temporary.isEmpty()
        && facts.relationMentions().stream().anyMatch(name -> temporary.contains(name.name()));
  }

  /** Whether foreign keys change rows by themselves beside those that the statement names. */
  private boolean handsOn(Set<Integer> named) {
    Set<Integer> own = new HashSet<>(named);
    named.forEach(oid -> catalog.children(oid).forEach(child -> own.add(child.oid())));
    if (!own.containsAll(reach.changes().keySet())) {
      return true;
    }
    for (int oid : own) {
      Set<Event> events = reach.changes().getOrDefault(oid, Set.of());
      for (ForeignKey key : catalog.code().keysTo(oid)) {
        if (own.contains(key.referencing())
            && (events.contains(Event.DELETE) && key.onDelete() != Action.NONE
                || events.contains(Event.UPDATE) && key.onUpdate() != Action.NONE)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether code runs that may change rows. */
  private boolean runsCode() {
    return all.open() || all.functions().stream().anyMatch(this::mayWrite);
  }

  /** A function may have settings of its own: the server counts nothing while such a one runs. */
  private boolean stopsCounting(int oid) {
    return catalog
        .function(oid)
        .filter(f -> f.settings().stream().anyMatch(s -> s.startsWith("track_counts=")))
        .isPresent();
  }

  /** What a materialized view is filled by is no part of the reach of those who read it. */
  private boolean definitionsRunCode() {
    return perspective.mentioned(facts).stream()
        .anyMatch(relation -> relation.calls().stream().anyMatch(this::mayWrite));
  }

  /** PostgreSQL lets only volatile functions change rows. */
  private boolean mayWrite(int oid) {
    return catalog
        .function(oid)
        .map(
            function ->
                !function.builtIn() && function.volatility() == Function.Volatility.VOLATILE)
        .orElse(!Function.builtIn(oid));
  }

  /** Whether it calls what no rollback undoes: then nothing can be tried first. */
  private boolean outlives() {
    return reach.named().keySet().stream().anyMatch(oid -> outlives(oid, false))
        || all.functions().stream().anyMatch(oid -> outlives(oid, true));
  }

  private boolean outlives(int oid, boolean inCode) {
    return catalog
        .function(oid)
        .map(function -> !Rollbacks.undo(function, inCode))
        .orElse(!Function.builtIn(oid));
  }
}
