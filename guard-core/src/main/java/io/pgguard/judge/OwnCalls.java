package io.pgguard.judge;

import io.pgguard.catalog.Function;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.List;
import java.util.Set;

/**
 * Volatile functions of PostgreSQL that drivers and tools call in statements of their own: taking
 * advisory locks, and the next number of a sequence. What they take and how often they are called
 * could carry values, so they pass only where the statement reads nothing protected; a rule of the
 * policy has to speak of the lock, and of the change.
 */
final class OwnCalls {
  private static final Set<String> LOCKS =
      Set.of(
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_advisory_xact_lock",
          "pg_advisory_xact_lock_shared",
          "pg_try_advisory_lock",
          "pg_try_advisory_lock_shared",
          "pg_try_advisory_xact_lock",
          "pg_try_advisory_xact_lock_shared");

  private static final String NEXT = "nextval";

  private OwnCalls() {}

  /** Whether it takes an advisory lock, in a statement where that carries nothing. */
  static boolean locks(CalledFunction call, Understanding understanding) {
    return LOCKS.contains(call.name()) && isPlain(call, understanding);
  }

  /** Whether it moves a sequence, in a statement where that carries nothing. */
  static boolean moves(CalledFunction call, Understanding understanding) {
    return call.name().equals(NEXT) && isPlain(call, understanding);
  }

  /** Whether the statement moves a sequence, which is a change as that of an INSERT. */
  static boolean moves(Understanding understanding) {
    return understanding.facts().identifiers().contains(NEXT)
        && understanding.lineage() instanceof Lineage.Known known
        && known.calls().stream().anyMatch(call -> moves(call, understanding));
  }

  private static boolean isPlain(CalledFunction call, Understanding understanding) {
    StatementFacts facts = understanding.facts();
    boolean direct = facts.kind() == StatementKind.SELECT || facts.kind() == StatementKind.INSERT;
    return direct
        && call.form() == CalledFunction.Form.FUNCTION
        && isSystem(call, understanding.perspective())
        && readsNothingProtected(understanding);
  }

  private static boolean isSystem(CalledFunction call, Perspective perspective) {
    List<Function> meant =
        call.meant(perspective.catalog().functionsNamed(call.name()), perspective.path());
    return !meant.isEmpty() && meant.stream().allMatch(Function::builtIn);
  }

  /** An INSERT may write a protected relation, where no row that is there decides what it does. */
  private static boolean readsNothingProtected(Understanding understanding) {
    if (!understanding.touchesProtected()) {
      return true;
    }
    StatementFacts facts = understanding.facts();
    if (facts.kind() != StatementKind.INSERT
        || facts.identifiers().contains("conflict")
        || !(understanding.lineage() instanceof Lineage.Known known)) {
      return false;
    }
    Perspective perspective = understanding.perspective();
    return known.reads().stream()
            .noneMatch(oid -> perspective.protections().columns().isProtectedRelation(oid))
        && facts.relationMentions().stream()
            .map(Name::name)
            .noneMatch(name -> perspective.objects().temporaryRelations().containsKey(name));
  }
}
