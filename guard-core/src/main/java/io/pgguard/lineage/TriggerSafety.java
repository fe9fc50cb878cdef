package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
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
      ProtectedColumns<?> columns,
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
   * @param keys whether rows that others refer to may be changed or removed, so that foreign keys
   *     cascade (PostgreSQL documentation, "Foreign Keys")
   */
  public Safety judge(int relationOid, boolean keys) {
    Deque<Integer> open = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    open.add(relationOid);
    while (!open.isEmpty()) {
      Relation relation = catalog.relation(open.remove()).orElse(null);
      if (relation == null || !seen.add(relation.oid())) {
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
      if (keys || !first) {
        catalog.cascades(relation.oid()).forEach(open::add);
      }
      for (int oid : catalog.triggersOf(relation.oid())) {
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

  private Safety judge(Function trigger, boolean overProtected, Deque<Integer> next) {
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
        catalog.relationsNamed(name).forEach(relation -> next.add(relation.oid()));
      }
    }
    return functions.calls(trigger, body, USUAL);
  }

  private static Safety unsafe(Function trigger, String why) {
    return new Safety.Unsafe("the trigger function " + trigger.signature() + " " + why);
  }
}
