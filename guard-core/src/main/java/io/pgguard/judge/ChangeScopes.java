package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.VolatileFunctions;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds where a statement may change rows: what it names, what foreign keys hand the change on to,
 * and anywhere once code may run that somebody wrote. Used for one statement.
 */
final class ChangeScopes {
  /** Volatile functions of PostgreSQL itself whose effect nobody misses when it stays or goes. */
  private static final Set<String> PASSING = Set.of("nextval", "current_query");

  /** What holds rows, or takes what holds them along where it is dropped. */
  private static final Set<String> HOLDS_ROWS =
      Set.of("table", "schema", "extension", "type", "domain", "foreign", "server");

  private final StatementFacts facts;
  private final Executed executed;
  private final Lineage lineage;
  private final Perspective perspective;
  private final Catalog catalog;

  ChangeScopes(StatementFacts facts, Executed executed, Lineage lineage, Perspective perspective) {
    this.facts = facts;
    this.executed = executed;
    this.lineage = lineage;
    this.perspective = perspective;
    this.catalog = perspective.catalog();
  }

  ChangeScope scope() {
    StatementFacts run = executed.facts();
    return switch (run.kind()) {
      case INSERT, UPDATE, DELETE, MERGE -> changes(facts == run);
      case SELECT ->
          run.dataModifyingWith() ? changes(false) : runsCode() ? anywhere() : ChangeScope.NOTHING;
      case EXECUTE -> ChangeScope.ANYWHERE;
      case COPY -> copy(run);
      case TRUNCATE, DO, CALL, UNKNOWN, DROP_DATABASE, DROP_OWNED -> ChangeScope.UNCOUNTABLE;
      case DROP -> removesRows(run) ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING;
      case CREATE_TABLE_AS, REFRESH_MATERIALIZED_VIEW, DECLARE, ALTER_TABLE ->
          runsCode() ? ChangeScope.UNCOUNTABLE : ChangeScope.NOTHING;
      default -> ChangeScope.NOTHING;
    };
  }

  /** Dropping a relation takes its rows with it. */
  private static boolean removesRows(StatementFacts run) {
    return run.identifiers().stream().skip(1).limit(1).anyMatch(HOLDS_ROWS::contains);
  }

  private ChangeScope copy(StatementFacts run) {
    if (!run.policyWords().contains("copy-in")) {
      return ChangeScope.NOTHING;
    }
    return run.identifiers().contains("program") ? ChangeScope.UNCOUNTABLE : changes(true);
  }

  /** EXPLAIN ANALYZE has another tag, and rows that are written by COPY leave before the count. */
  private ChangeScope changes(boolean ownTag) {
    if (facts.kind() == StatementKind.COPY && executed.facts().kind() != StatementKind.COPY) {
      return ChangeScope.UNCOUNTABLE;
    }
    if (outlives()) {
      return ChangeScope.UNCOUNTABLE;
    }
    if (!(lineage instanceof Lineage.Known known) || known.writesRelations().isEmpty()) {
      return lineage instanceof Lineage.Known || !mentionsUncounted()
          ? ChangeScope.ANYWHERE
          : ChangeScope.UNCOUNTABLE;
    }
    Written written = written(known.writesRelations());
    if (written.uncounted) {
      return ChangeScope.UNCOUNTABLE;
    }
    if (written.code || runsCode()) {
      return ChangeScope.ANYWHERE;
    }
    boolean byTag = ownTag && !facts.dataModifyingWith() && !written.handedOn;
    boolean returns = facts.identifiers().contains("returning");
    return new ChangeScope(
        byTag && !returns ? ChangeScope.Form.TAG : ChangeScope.Form.COUNTERS, written.relations);
  }

  private ChangeScope anywhere() {
    return outlives() || facts.kind() == StatementKind.COPY
        ? ChangeScope.UNCOUNTABLE
        : ChangeScope.BY_ROW;
  }

  /** What is written, as far as it leads. */
  private static final class Written {
    final Set<Integer> relations = new HashSet<>();
    boolean code;
    boolean handedOn;
    boolean uncounted;
  }

  private Written written(Collection<Integer> first) {
    Written written = new Written();
    Deque<Integer> open = new ArrayDeque<>(first);
    boolean adds = facts.kind() == StatementKind.INSERT && !facts.identifiers().contains("update");
    while (!open.isEmpty()) {
      int oid = open.remove();
      if (!written.relations.add(oid)) {
        continue;
      }
      Relation relation = catalog.relation(oid).orElse(null);
      if (relation == null) {
        written.code = true;
        continue;
      }
      written.uncounted |= relation.kind() == RelationKind.FOREIGN_TABLE || relation.rules();
      written.code |= !relation.triggers().isEmpty() || mayWrite(relation.calls());
      catalog.children(oid).forEach(child -> open.add(child.oid()));
      Set<Integer> cascades = adds ? Set.of() : catalog.cascades(oid);
      written.handedOn |= !cascades.isEmpty();
      open.addAll(cascades);
    }
    return written;
  }

  private boolean mentionsUncounted() {
    for (Relation relation : perspective.mentioned(facts)) {
      if (relation.kind() == RelationKind.FOREIGN_TABLE || relation.rules()) {
        return true;
      }
    }
    return false;
  }

  /** Whether it calls what somebody wrote that may change rows, also through what it reads. */
  private boolean runsCode() {
    for (String name : called()) {
      for (Function function : catalog.functionsNamed(name)) {
        if (mayWrite(function)) {
          return true;
        }
      }
    }
    for (Relation relation : read()) {
      if (mayWrite(relation.calls())) {
        return true;
      }
    }
    return false;
  }

  /** Whether it calls what no rollback undoes: then nothing can be tried first. */
  private boolean outlives() {
    for (String name : called()) {
      for (Function function : catalog.functionsNamed(name)) {
        if (function.builtIn()
            && function.volatility() == Function.Volatility.VOLATILE
            && !PASSING.contains(name)
            && !VolatileFunctions.HARMLESS.contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<String> called() {
    Set<String> names = new HashSet<>();
    if (lineage instanceof Lineage.Known known) {
      for (CalledFunction call : known.calls()) {
        names.add(call.name());
      }
    } else {
      for (Name mention : facts.functionMentions()) {
        names.add(mention.name());
      }
    }
    return names;
  }

  private List<Relation> read() {
    return lineage instanceof Lineage.Known known
        ? known.reads().stream().flatMap(oid -> catalog.relation(oid).stream()).toList()
        : perspective.mentioned(facts);
  }

  private boolean mayWrite(Collection<Integer> functions) {
    for (int oid : functions) {
      Function function = catalog.function(oid).orElse(null);
      if (function == null || mayWrite(function)) {
        return true;
      }
    }
    return false;
  }

  /** PostgreSQL lets only volatile functions change rows. */
  private static boolean mayWrite(Function function) {
    return !function.builtIn() && function.volatility() == Function.Volatility.VOLATILE;
  }
}
