package io.pgguard.judge;

import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.lineage.Lineage;
import io.pgguard.policy.Besides;
import io.pgguard.policy.Condition;
import io.pgguard.policy.Policy;
import io.pgguard.policy.Rule;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a statement reads, changes and calls, in the words of a policy: what it asks for, and what
 * that makes the server do besides. Stateless and thread-safe.
 */
final class Effects {
  private Effects() {}

  /** Relations that the statement itself reads, also through views. */
  static Set<String> reads(StatementFacts facts, Understanding understanding) {
    return understanding.lineage() instanceof Lineage.Known known
        ? names(known.reads(), understanding.perspective())
        : mentioned(facts, understanding.perspective());
  }

  /** Relations that the statement changes, also through foreign keys. */
  static Set<String> writes(StatementFacts facts, Understanding understanding) {
    Perspective perspective = understanding.perspective();
    Set<String> names = names(understanding.reach().changes().keySet(), perspective);
    if (!(understanding.lineage() instanceof Lineage.Known) && facts.effect() != Effect.READ) {
      names.addAll(mentioned(facts, perspective));
    }
    return names;
  }

  /** Functions that the text calls by name: each that a call may mean by its arguments' types. */
  static Set<String> functions(StatementFacts facts, Understanding understanding) {
    Perspective perspective = understanding.perspective();
    Set<String> signatures = new HashSet<>();
    if (!asks(perspective.policy(), true)) {
      return signatures;
    }
    if (understanding.lineage() instanceof Lineage.Known known) {
      for (CalledFunction call : known.calls()) {
        if (call.form() == CalledFunction.Form.FUNCTION) {
          add(call, perspective, signatures);
        }
      }
    } else {
      for (Name mention : facts.functionMentions()) {
        CalledFunction call = CalledFunction.function(mention.schema(), mention.name());
        add(call, perspective, signatures);
      }
    }
    return signatures;
  }

  private static void add(CalledFunction call, Perspective perspective, Set<String> signatures) {
    Collection<Function> named = perspective.catalog().functionsNamed(call.name());
    List<Function> meant = call.meant(named, perspective.path());
    meant.forEach(function -> signatures.add(function.signature()));
    if (meant.isEmpty()) {
      signatures.add(call.text());
    }
  }

  /** What it does on its way, and makes the server do that its text does not ask for. */
  static Besides besides(Understanding understanding) {
    Perspective perspective = understanding.perspective();
    Set<String> kinds = Carried.kinds(understanding);
    if (!asks(perspective.policy(), false)) {
      return kinds.isEmpty()
          ? Besides.NOTHING
          : new Besides(kinds, Set.of(), Set.of(), Set.of(), false);
    }
    Reach reach = understanding.reach();
    Reach all = reach.with(understanding.followed());
    Set<String> signatures = new HashSet<>();
    for (int oid : all.functions()) {
      perspective.catalog().function(oid).map(Function::signature).ifPresent(signatures::add);
    }
    Set<String> changed = names(all.changes().keySet(), perspective);
    changed.addAll(Carried.made(understanding));
    return new Besides(
        kinds,
        names(all.reads(), perspective),
        changed,
        signatures,
        understanding.consequences().open());
  }

  /** Whether any rule asks about functions, or about relations too. */
  private static boolean asks(Policy policy, boolean functionsAlone) {
    for (Rule rule : policy.rules()) {
      Condition when = rule.when();
      if (!when.functions().isEmpty()
          || (!functionsAlone && !(when.reads().isEmpty() && when.writes().isEmpty()))) {
        return true;
      }
    }
    return !functionsAlone && policy.asksForColumns();
  }

  private static Set<String> names(Collection<Integer> oids, Perspective perspective) {
    Set<String> names = new HashSet<>();
    for (int oid : oids) {
      perspective.catalog().relation(oid).map(Relation::qualifiedName).ifPresent(names::add);
    }
    return names;
  }

  private static Set<String> mentioned(StatementFacts facts, Perspective perspective) {
    Set<String> names = new HashSet<>();
    perspective.mentioned(facts).forEach(relation -> names.add(relation.qualifiedName()));
    return names;
  }
}
