package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the server runs by itself when a relation is written - triggers, defaults, checks,
 * also of domains, assignment casts, generated columns, row policies, what foreign keys cascade to
 * - lets protected values out. Judged from the tokens of the functions' bodies. Thread-safe.
 */
public final class TriggerSafety {
  /** Some change of a relation that a statement leads to. */
  private record Change(int relation, Set<Event> events) {}

  private final Catalog catalog;
  private final Reaches reaches;
  private final ProtectedRelations columns;
  private final FunctionSafety functions;
  private final boolean rowsTell;

  /** As many as relations have kinds of change. */
  private final Map<Change, Safety> judged = new ConcurrentHashMap<>();

  /**
   * @param columns what is protected
   * @param functions judges what the bodies call
   * @param rowsTell whether nothing may be told by which rows are changed and what fails
   */
  public TriggerSafety(
      Catalog catalog,
      Reaches reaches,
      ProtectedRelations columns,
      FunctionSafety functions,
      boolean rowsTell) {
    this.catalog = catalog;
    this.reaches = reaches;
    this.columns = columns;
    this.functions = functions;
    this.rowsTell = rowsTell;
  }

  /**
   * Judges what runs when a relation is written, also through what its triggers write.
   *
   * @param changes how its rows are changed
   */
  public Safety judge(int relationOid, Set<Event> changes) {
    Change change = new Change(relationOid, Set.copyOf(changes));
    Safety known = judged.get(change);
    if (known == null) {
      known = judgeAnew(relationOid, changes);
      judged.put(change, known);
    }
    return known;
  }

  /**
   * Judges what runs once a function is made a trigger.
   *
   * @param overProtected whether that is one of a relation that holds protected columns
   */
  public Safety judge(CalledFunction named, SearchPath path, boolean overProtected) {
    List<Function> meant = named.meant(catalog.functionsNamed(named.name()), path);
    for (Function trigger : meant) {
      Deque<Change> open = new ArrayDeque<>();
      Safety safety = ofBody(trigger, overProtected, null, open);
      safety = safety.isSafe() ? judgeAll(0, open) : safety;
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return meant.isEmpty()
        ? new Safety.Unsafe(ReachWording.NONE_ON_PATH.words(named.text()))
        : Safety.SAFE;
  }

  private Safety judgeAnew(int relationOid, Set<Event> changes) {
    Deque<Change> open = new ArrayDeque<>();
    open.add(new Change(relationOid, changes));
    return judgeAll(relationOid, open);
  }

  /**
   * @param relationOid the relation that the statement itself writes; 0 where it writes none
   */
  private Safety judgeAll(int relationOid, Deque<Change> open) {
    Set<Change> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Change change = open.remove();
      if (!seen.add(change)) {
        continue;
      }
      Reach reach = reaches.ofChange(change.relation(), change.events());
      Safety safety = attached(reach);
      for (Map.Entry<Integer, Set<Event>> changed : reach.changes().entrySet()) {
        Relation relation = catalog.relation(changed.getKey()).orElse(null);
        if (safety.isSafe() && relation != null) {
          boolean first = relation.oid() == relationOid;
          safety = changed(relation, first, changed.getValue(), open);
        }
      }
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return Safety.SAFE;
  }

  private Safety attached(Reach reach) {
    for (Map.Entry<Integer, String> code : reach.attached().entrySet()) {
      if (functions.judgeAttached(code.getKey()) instanceof Safety.Unsafe unsafe) {
        return new Safety.Unsafe(ReachWording.BECAUSE.words(code.getValue(), unsafe.reason()));
      }
    }
    for (Map.Entry<Integer, String> code : reach.named().entrySet()) {
      if (functions.judgeAttached(code.getKey()) instanceof Safety.Unsafe unsafe) {
        return new Safety.Unsafe(ReachWording.BECAUSE.words(code.getValue(), unsafe.reason()));
      }
    }
    return Safety.SAFE;
  }

  private Safety changed(Relation relation, boolean first, Set<Event> events, Deque<Change> next) {
    if (!first && relation.rules()) {
      return new Safety.Unsafe(ReachWording.REWRITE_RULES.words(relation.qualifiedName()));
    }
    for (Trigger one : relation.triggers()) {
      if (!one.on(events)) {
        continue;
      }
      Function trigger = catalog.function(one.function()).orElse(null);
      Safety safety =
          trigger == null
              ? new Safety.Unsafe(ReachWording.TRIGGER_NOT_KNOWN.words(relation.qualifiedName()))
              : judge(trigger, one, relation, next);
      if (!safety.isSafe()) {
        return safety;
      }
    }
    return Safety.SAFE;
  }

  private Safety judge(Function trigger, Trigger one, Relation relation, Deque<Change> next) {
    if (functions.allows(trigger)) {
      return Safety.SAFE;
    }
    StoredRows stored = new StoredRows(relation, columns);
    boolean decides = rowsTell && stored.seenBy(one);
    if (decides && stored.decidesWhether(one)) {
      return unsafe(trigger, ReachWording.DECIDED_BY_STORED, relation.qualifiedName());
    }
    String source = trigger.source();
    String looked = decides && source != null ? stored.lookedAtBy(source) : null;
    return ofBody(trigger, columns.isProtectedRelation(relation.oid()), looked, next);
  }

  /**
   * @param looked what it looks at of rows that are stored, where that tells; else null
   */
  private Safety ofBody(
      Function trigger, boolean overProtected, @Nullable String looked, Deque<Change> next) {
    if (functions.allows(trigger) || trigger.schema().equals("pg_catalog")) {
      return Safety.SAFE;
    }
    String source = trigger.source();
    BodyReading body = source == null || !Reaches.readable(trigger) ? null : BodyReading.of(source);
    Reach reach = reaches.ofBody(trigger).orElse(null);
    if (body == null || reach == null) {
      return unsafe(trigger, ReachWording.UNREADABLE);
    }
    String mentioned = body.firstOf(columns.protectedNames());
    if (mentioned != null) {
      return unsafe(trigger, ReachWording.MENTIONS, mentioned);
    }
    if (body.mentions(BodyWords.TEXT)) {
      return unsafe(trigger, ReachWording.RUNS_TEXT);
    }
    if (body.mentions(BodyWords.LOUD)) {
      return unsafe(trigger, ReachWording.LOUD);
    }
    if (looked != null) {
      return unsafe(trigger, ReachWording.LOOKS_AT_STORED, looked);
    }
    boolean changes = body.mentions(BodyWords.CHANGES);
    if (overProtected && (changes || body.mentions(BodyWords.TELLING))) {
      return unsafe(trigger, ReachWording.CARRIES);
    }
    reach.changes().forEach((oid, events) -> next.add(new Change(oid, events)));
    return functions.ofBody(trigger, VolatileFunctions.USUAL);
  }

  private static Safety unsafe(Function trigger, ReachWording why, Object... values) {
    return new Safety.Unsafe(
        ReachWording.TRIGGER_FUNCTION.words(trigger.signature(), why.words(values)));
  }
}
