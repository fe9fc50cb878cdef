package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether what the server runs by itself when a relation is written - triggers, defaults, checks,
 * also of domains, assignment casts, generated columns, row policies, what foreign keys cascade to
 * - lets protected values out. Judged from the tokens of the functions' bodies. Thread-safe.
 */
public final class TriggerSafety {
  private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
  private static final Set<String> LOUD = Set.of("notify", "pg_notify", "set_config", "listen");
  private static final Set<String> TEXT = Set.of("execute", "copy", "dblink", "dblink_exec");
  private static final Set<String> TELLING = Set.of("raise", "assert");
  private static final Set<String> USUAL = Set.of("nextval", "setval", "pg_advisory_xact_lock");

  /** Some change of a relation that a statement leads to. */
  private record Change(int relation, Set<Event> events) {}

  private final Catalog catalog;
  private final Predicate<Integer> isProtected;
  private final Set<String> protectedNames;
  private final FunctionSafety functions;
  private final Predicate<String> allowed;

  /**
   * @param columns what is protected
   * @param functions judges what the bodies call
   * @param allowed whether the policy allows the function of a signature
   */
  public TriggerSafety(
      Catalog catalog,
      ProtectedRelations columns,
      FunctionSafety functions,
      Predicate<String> allowed) {
    this.catalog = catalog;
    this.isProtected = columns::isProtectedRelation;
    this.protectedNames = columns.protectedNames();
    this.functions = functions;
    this.allowed = allowed;
  }

  /**
   * Judges what runs when a relation is written, also through what its triggers write.
   *
   * @param changes how its rows are changed; foreign keys cascade where rows that others refer to
   *     are changed or removed (PostgreSQL documentation, "Foreign Keys")
   */
  public Safety judge(int relationOid, Set<Event> changes) {
    Deque<Change> open = new ArrayDeque<>();
    Set<Change> seen = new HashSet<>();
    open.add(new Change(relationOid, changes));
    while (!open.isEmpty()) {
      Change change = open.remove();
      Relation relation = catalog.relation(change.relation()).orElse(null);
      if (relation == null || !seen.add(change)) {
        continue;
      }
      Safety expressions = expressions(relation);
      if (!expressions.isSafe()) {
        return expressions;
      }
      boolean first = relation.oid() == relationOid;
      if (!first && relation.rules()) {
        return new Safety.Unsafe("rewrite rules of " + relation.qualifiedName());
      }
      Set<Event> cascading = cascading(change.events());
      if (!cascading.isEmpty()) {
        catalog.cascades(relation.oid()).forEach(oid -> open.add(new Change(oid, cascading)));
      }
      for (int oid : catalog.triggersOf(relation.oid(), moving(relation, change.events()))) {
        Function trigger = catalog.function(oid).orElse(null);
        Safety safety =
            trigger == null
                ? new Safety.Unsafe("a trigger of " + relation.qualifiedName() + " is not known")
                : judge(trigger, isProtected.test(relation.oid()), open);
        if (!safety.isSafe()) {
          return safety;
        }
      }
    }
    return Safety.SAFE;
  }

  /** What becomes of referring rows: an update is handed on as one, a removal may be either. */
  private static Set<Event> cascading(Set<Event> changes) {
    if (changes.contains(Event.TRUNCATE)) {
      return Event.ALL;
    } else if (changes.contains(Event.DELETE)) {
      return EnumSet.of(Event.UPDATE, Event.DELETE);
    }
    return changes.contains(Event.UPDATE) ? EnumSet.of(Event.UPDATE) : Set.of();
  }

  /**
   * An UPDATE that moves a row to another partition sets off what is set off by removing it here
   * and adding it there (PostgreSQL documentation, "Overview of Trigger Behavior").
   */
  private Set<Event> moving(Relation relation, Set<Event> changes) {
    if (!changes.contains(Event.UPDATE) || catalog.children(relation.oid()).isEmpty()) {
      return changes;
    }
    Set<Event> all = EnumSet.of(Event.INSERT, Event.DELETE);
    all.addAll(changes);
    return all;
  }

  private Safety expressions(Relation relation) {
    Safety safety = functions.judgeAll(relation.calls());
    for (Column column : relation.columns()) {
      if (!safety.isSafe()) {
        return safety;
      }
      safety = functions.judgeType(column.typeOid());
    }
    return safety;
  }

  private Safety judge(Function trigger, boolean overProtected, Deque<Change> next) {
    if (allowed.test(trigger.signature()) || trigger.schema().equals("pg_catalog")) {
      return Safety.SAFE;
    }
    String source = trigger.source();
    boolean readable = trigger.language().equals("plpgsql") || trigger.language().equals("sql");
    BodyReading body = source == null || !readable ? null : BodyReading.of(source);
    if (body == null) {
      return unsafe(trigger, "cannot be read");
    }
    String mentioned = body.firstOf(protectedNames);
    if (mentioned != null) {
      return unsafe(trigger, "mentions the protected relation " + mentioned);
    }
    if (body.mentions(TEXT)) {
      return unsafe(trigger, "runs SQL text or copies data");
    }
    if (body.mentions(LOUD)) {
      return unsafe(trigger, "tells other sessions or moves settings");
    }
    boolean changes = body.mentions(CHANGES);
    if (overProtected && (changes || body.mentions(TELLING))) {
      return unsafe(trigger, "may carry protected values of the row elsewhere");
    }
    if (changes) {
      for (String name : body.names()) {
        catalog
            .relationsNamed(name)
            .forEach(relation -> next.add(new Change(relation.oid(), Event.ALL)));
      }
    }
    return functions.calls(trigger, body, USUAL);
  }

  private static Safety unsafe(Function trigger, String why) {
    return new Safety.Unsafe("the trigger function " + trigger.signature() + " " + why);
  }
}
