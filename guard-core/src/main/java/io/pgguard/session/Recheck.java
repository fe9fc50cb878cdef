package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Decision;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TransactionAction;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whether what was decided on a statement still holds when its result begins. By then the server
 * holds locks on all that the statement names, so what others had changed by that time is what
 * counts, and nothing of it changes any more before the statement has ended. Stateless.
 */
final class Recheck {
  /** How lineage names the session's own temporary relations, which nobody else can change. */
  private static final Set<Integer> OWN = Set.of(0);

  private Recheck() {}

  /**
   * Whether another state of the catalog could make a difference: something is hidden from the one
   * who asks, and the statement names or runs something that others could change.
   */
  static boolean matters(TextPlan plan, StatementAnalysis part) {
    if (plan.observed() || !part.protections().hides()) {
      return false;
    }
    return !(part.lineage() instanceof Lineage.Known known)
        || !plan.perspective().path().beforeSystem().isEmpty()
        || !areOwn(known.reads())
        || !known.calls().isEmpty()
        || !areOwn(known.writesRelations());
  }

  private static boolean areOwn(Set<Integer> relations) {
    int count = relations.size();
    return count == 0 || count == 1 && relations.equals(OWN);
  }

  /** Whether it changes rows that it may return. */
  static boolean changesRows(StatementAnalysis part) {
    return part.facts().effect() == Effect.WRITE || part.facts().dataModifyingWith();
  }

  /** Whether what it changes is counted, by what the catalog says that it may change. */
  static boolean isCounted(TextPlan plan, StatementAnalysis part) {
    return !plan.observed()
        && (part.counting() != null
            || part.forecast() != null && part.forecast().counting() != null);
  }

  /**
   * Whether what it changes goes on to what its own locks do not hold still: functions, and
   * relations that foreign keys lead to.
   */
  static boolean goesOn(StatementAnalysis part) {
    return !(part.lineage() instanceof Lineage.Known known)
        || !part.reach().systemOnly()
        || !known.writesRelations().containsAll(part.reach().changes().keySet());
  }

  /** Whether a statement changes something for which another state of the catalog could matter. */
  static boolean hasEffect(TextPlan plan, StatementAnalysis part) {
    boolean effect =
        switch (part.facts().effect()) {
          case WRITE, DDL, CODE, PRIVILEGE, NOTIFY -> true;
          default -> part.facts().dataModifyingWith();
        };
    return effect && matters(plan, part);
  }

  /** Whether what the open transaction did lasts by it. */
  static boolean commits(StatementAnalysis part) {
    TransactionAction action = part.facts().transaction().orElse(null);
    return action == TransactionAction.COMMIT || action == TransactionAction.PREPARE;
  }

  /** Whether it sets a setting: whether it may rests on what code of the database may read. */
  static boolean sets(StatementAnalysis part) {
    return part.facts().setting().filter(one -> one.action() == SettingFacts.Action.SET).isPresent()
        || part.facts().identifiers().contains("set_config");
  }

  /**
   * Whether the server decides what its names mean before it runs, and keeps that until it has
   * ended: a query or a change of rows (PostgreSQL documentation, "Extended Query").
   */
  static boolean isPlain(StatementAnalysis part) {
    return switch (part.facts().kind()) {
      case SELECT, INSERT, UPDATE, DELETE, MERGE -> part.facts().made().isEmpty();
      default -> false;
    };
  }

  /**
   * Whether it is known to run PostgreSQL's own code alone, which makes and drops nothing. Part of
   * a transaction with savepoints has a number of its own, so none is.
   */
  static boolean leavesCatalog(StatementAnalysis part) {
    TransactionAction action = part.facts().transaction().orElse(null);
    if (action != null) {
      return action == TransactionAction.BEGIN
          || action == TransactionAction.COMMIT
          || action == TransactionAction.ROLLBACK;
    }
    return isPlain(part) && part.lineage() instanceof Lineage.Known && part.reach().systemOnly();
  }

  /** Whether nothing that is prepared in the session is dropped or replaced by it. */
  static boolean leavesPrepared(StatementAnalysis part) {
    return switch (part.facts().kind()) {
      case TRANSACTION, SET, SHOW, LISTEN, UNLISTEN -> true;
      default -> leavesCatalog(part);
    };
  }

  /**
   * Whether a decision made anew by another snapshot says the same.
   *
   * @param plan the plan that was decided by
   * @param again the plan of the same text by the other snapshot
   * @param index which of its statements
   */
  static boolean same(TextPlan plan, TextPlan again, int index) {
    if (again.parts().size() != plan.parts().size()) {
      return false;
    }
    StatementAnalysis part = plan.parts().get(index);
    StatementAnalysis now = again.parts().get(index);
    return !(now.decision() instanceof Decision.Deny)
        && part.facts().kind() != StatementKind.EXECUTE // what it runs was judged long before
        && part.lineage().equals(now.lineage())
        && part.substitutions().equals(now.substitutions())
        && part.touchesProtected() == now.touchesProtected()
        && part.treatments().equals(now.treatments())
        && Objects.equals(part.counting(), now.counting())
        && Objects.equals(part.forecast(), now.forecast())
        && (part.lineage() instanceof Lineage.Known
            || sameNames(part, plan.perspective().catalog(), again.perspective().catalog()));
  }

  /**
   * Where columns were not followed, all that the statement mentions must have stayed as it was.
   */
  private static boolean sameNames(StatementAnalysis part, Catalog before, Catalog now) {
    for (Name name : part.facts().relationMentions()) {
      if (!before.relationsNamed(name.name()).equals(now.relationsNamed(name.name()))) {
        return false;
      }
    }
    List<Name> functions = List.copyOf(part.facts().functionMentions());
    for (Name name : functions) {
      if (!before.functionsNamed(name.name()).equals(now.functionsNamed(name.name()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is there to bring rows. */
  static boolean bringsRows(StatementAnalysis part) {
    return switch (part.facts().kind()) {
      case SELECT, EXPLAIN, FETCH, EXECUTE -> true;
      default -> false;
    };
  }
}
