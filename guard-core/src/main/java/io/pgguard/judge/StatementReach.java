package io.pgguard.judge;

import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.reach.Asked;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.NamedCode;
import io.pgguard.reach.NamedCodeReader;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.ReachWording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one statement makes the server run: by its tree where its columns could be followed, else by
 * its tokens, which tell of more. Stateless and thread-safe.
 */
final class StatementReach {
  /** DDL that runs the expressions that it names over rows that are there. */
  private static final Set<StatementKind> RUNNING =
      Set.of(StatementKind.ALTER_TABLE, StatementKind.CREATE_INDEX, StatementKind.CREATE_TABLE);

  /** DDL that runs what types and relations bring, over rows that are there. */
  private static final Set<StatementKind> FILLING =
      Set.of(
          StatementKind.ALTER_TABLE,
          StatementKind.ALTER_DOMAIN,
          StatementKind.CREATE_INDEX,
          StatementKind.CREATE_TABLE_AS,
          StatementKind.REFRESH_MATERIALIZED_VIEW);

  private StatementReach() {}

  /** Whether it is DDL that runs code before it has ended. */
  static boolean runs(StatementFacts facts) {
    return FILLING.contains(facts.kind())
        || facts.kind() == StatementKind.CREATE_TABLE && facts.identifiers().contains("partition");
  }

  /**
   * @param tree the statement's tree; null where there is none
   */
  static Reach of(
      StatementFacts facts,
      Tokens tokens,
      @Nullable ParseResult tree,
      Lineage lineage,
      Perspective perspective) {
    Asked asked =
        lineage instanceof Lineage.Known known
            ? asked(facts, tokens, tree, known, perspective)
            : asked(facts, tokens, perspective);
    Reach reach =
        perspective.protections().reaches().of(asked.taking(perspective.objects().parameters()));
    return executed(facts, perspective, reach.with(temporary(facts, perspective)));
  }

  private static Asked asked(
      StatementFacts facts,
      Tokens tokens,
      @Nullable ParseResult tree,
      Lineage.Known known,
      Perspective perspective) {
    Map<Integer, Set<Event>> changes = new HashMap<>();
    known.writesRelations().forEach(oid -> changes.put(oid, ChangeEvents.of(facts)));
    NamedCode named =
        tree instanceof ParseResult.Parsed parsed
            ? NamedCodeReader.ofTree(parsed.statement(), facts)
            : NamedCode.NOTHING;
    return new Asked(
        with(named, known.calls()),
        meant(known.calls()),
        perspective.path(),
        known.reads(),
        changes,
        written(known),
        Set.of());
  }

  /** The functions that the calls of a name mean, where that is known of each. */
  private static Map<Name, Set<Integer>> meant(Set<CalledFunction> calls) {
    Map<Name, Set<Integer>> meant = new HashMap<>();
    Set<Name> open = new HashSet<>();
    for (CalledFunction call : calls) {
      if (call.form() == CalledFunction.Form.FUNCTION) {
        Name name = new Name(call.schema(), call.name());
        meant.computeIfAbsent(name, n -> new HashSet<>()).addAll(call.meant());
        if (call.meant().isEmpty()) {
          open.add(name);
        }
      }
    }
    meant.keySet().removeAll(open);
    return meant;
  }

  private static Map<Integer, Set<Integer>> written(Lineage.Known known) {
    Map<Integer, Set<Integer>> columns = new HashMap<>();
    for (WriteFlow flow : known.writes()) {
      if (flow.relationOid() != 0) {
        columns.computeIfAbsent(flow.relationOid(), oid -> new HashSet<>()).add(flow.number());
      }
    }
    return columns;
  }

  /** With the functions that only whoever follows the columns can tell from them. */
  private static NamedCode with(NamedCode named, Set<CalledFunction> calls) {
    Set<Name> functions = new HashSet<>(named.functions());
    boolean more = false;
    for (CalledFunction call : calls) {
      if (call.form() == CalledFunction.Form.FUNCTION) {
        more |= functions.add(new Name(call.schema(), call.name()));
      }
    }
    if (!more) {
      return named;
    }
    return new NamedCode(
        functions,
        named.fields(),
        named.operators(),
        named.types(),
        named.anyType(),
        named.anySchema(),
        named.defaults(),
        named.builds());
  }

  private static Asked asked(StatementFacts facts, Tokens tokens, Perspective perspective) {
    if (facts.kind() == StatementKind.TRUNCATE) {
      return truncated(facts, perspective);
    }
    if (!carriesData(facts) && !RUNNING.contains(facts.kind())) {
      return new Asked(NamedCode.NOTHING, perspective.path(), Set.of(), Map.of());
    }
    Set<Integer> reads = new HashSet<>();
    Map<Integer, Set<Event>> changes = new HashMap<>();
    for (Relation relation : perspective.mentioned(facts)) {
      reads.add(relation.oid());
      if (facts.effect() == Effect.WRITE) {
        changes.put(relation.oid(), Event.ALL);
      }
    }
    return new Asked(
        NamedCodeReader.ofTokens(tokens, facts.from(), facts.to()),
        perspective.path(),
        reads,
        changes);
  }

  /** It empties what it names, and runs the triggers for that alone. */
  private static Asked truncated(StatementFacts facts, Perspective perspective) {
    Map<Integer, Set<Event>> changes = new HashMap<>();
    for (Relation relation : perspective.mentioned(facts)) {
      changes.put(relation.oid(), Set.of(Event.TRUNCATE));
    }
    return new Asked(NamedCode.NOTHING, perspective.path(), Set.of(), changes);
  }

  private static boolean carriesData(StatementFacts facts) {
    Effect effect = facts.effect();
    return effect == Effect.READ
        || effect == Effect.WRITE
        || effect == Effect.CURSOR
        || effect == Effect.PREPARED
        || facts.kind() == StatementKind.CALL
        || facts.intoClause()
        || !facts.carried().isEmpty();
  }

  /**
   * What the definitions of the session's own relations call, where it may run, and what the types
   * of their columns bring.
   */
  private static Reach temporary(StatementFacts facts, Perspective perspective) {
    Map<String, TemporaryRelation> known = perspective.objects().temporaryRelations();
    Map<Integer, String> attached = new HashMap<>();
    Set<Integer> types = new HashSet<>();
    for (Name mention : known.isEmpty() ? Set.<Name>of() : facts.relationMentions()) {
      TemporaryRelation one = known.get(mention.name());
      if (one != null && (carriesData(facts) || runs(facts))) {
        one.columns().forEach(column -> types.add(column.type()));
        if (!one.certain()) {
          types.add(0);
        }
      }
      if (one != null && (facts.effect() == Effect.WRITE || !one.reads().isEmpty())) {
        String words = ReachWording.DEFINITION.words(one.name());
        one.calls().forEach(oid -> attached.put(oid, words));
      }
    }
    Reach ofTypes =
        types.isEmpty() ? Reach.NOTHING : perspective.protections().reaches().ofTypes(types);
    return attached.isEmpty() ? ofTypes : ofTypes.attaching(attached);
  }

  /** EXECUTE runs what was prepared. */
  private static Reach executed(StatementFacts facts, Perspective perspective, Reach reach) {
    Reach all = reach;
    StatementAnalysis prepared =
        facts.kind() == StatementKind.EXECUTE
            ? facts.statementName().map(perspective.prepared()::get).orElse(null)
            : null;
    if (prepared != null) {
      all = all.with(prepared.reach());
    }
    for (StatementFacts carried : facts.carried()) {
      all = executed(carried, perspective, all);
    }
    return all;
  }
}
