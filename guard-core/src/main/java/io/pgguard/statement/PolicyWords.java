package io.pgguard.statement;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Settles what a statement does as a whole: its effect and the words by which a policy speaks of
 * it. A word that stands for less than the statement does is left out. Thread-safe: no state.
 */
final class PolicyWords {
  private PolicyWords() {}

  static void settle(FactsBuilder facts) {
    facts.effect = facts.kind.effect();
    facts.policyWords = new LinkedHashSet<>(facts.kind.policyWords());
    writes(facts);
    switch (facts.kind) {
      case EXPLAIN -> {
        if (facts.analyze) {
          takeCarried(facts);
        }
      }
      case PREPARE, DECLARE -> {
        facts.effect = Effect.READ;
        takeCarried(facts);
      }
      case COPY -> copy(facts);
      case CREATE_TABLE, CREATE_TABLE_AS -> table(facts);
      case TRANSACTION -> transaction(facts);
      default -> {
        // The kind says all.
      }
    }
  }

  private static void writes(FactsBuilder facts) {
    if (facts.kind == StatementKind.SELECT && !facts.writes.isEmpty()) {
      facts.policyWords.clear();
    }
    for (StatementKind write : facts.writes) {
      raise(facts, Effect.WRITE);
      facts.policyWords.addAll(write.policyWords());
    }
    if (facts.kind == StatementKind.SELECT && facts.into) {
      raise(facts, Effect.DDL);
      facts.policyWords.remove("select");
      facts.policyWords.add("select-into");
      facts.policyWords.addAll(StatementKind.CREATE_TABLE.policyWords());
    }
  }

  private static void raise(FactsBuilder facts, Effect effect) {
    if (facts.effect.compareTo(effect) < 0) {
      facts.effect = effect;
    }
  }

  /** Takes over what is carried and will run. */
  private static void takeCarried(FactsBuilder facts) {
    if (facts.carried.isEmpty()) {
      raise(facts, Effect.CODE);
      facts.policyWords = new LinkedHashSet<>(StatementKind.UNKNOWN.policyWords());
    }
    for (StatementFacts inner : facts.carried) {
      raise(facts, inner.effect());
      if (inner.effect().compareTo(Effect.WRITE) >= 0) {
        facts.policyWords = new LinkedHashSet<>();
      }
      facts.policyWords.addAll(inner.policyWords());
      facts.where = facts.where.and(inner.where());
    }
  }

  private static void copy(FactsBuilder facts) {
    CopyFacts copy = facts.copy;
    if (copy == null) {
      return;
    }
    boolean in = copy.direction() == CopyFacts.Direction.IN;
    facts.effect = in ? Effect.WRITE : Effect.READ;
    facts.policyWords = new LinkedHashSet<>(Set.of(in ? "copy-in" : "copy-out"));
    if (in) {
      facts.policyWords.add("write");
    }
    if (copy.query()) {
      takeCarried(facts);
    }
    if (copy.endpoint() != CopyFacts.Endpoint.CLIENT) {
      raise(facts, Effect.SERVER_FILE);
      facts.policyWords = new LinkedHashSet<>(Set.of("server-file"));
    }
  }

  private static void table(FactsBuilder facts) {
    if (facts.kind == StatementKind.CREATE_TABLE_AS) {
      facts.policyWords.add("create-table");
      for (StatementFacts inner : facts.carried) {
        raise(facts, inner.effect());
      }
    }
    if (facts.temporary()) {
      facts.policyWords.remove("ddl");
      facts.policyWords.add("session");
    }
  }

  /** A prepared transaction outlives its session: who allows transactions has not allowed that. */
  private static void transaction(FactsBuilder facts) {
    TransactionAction action = facts.transaction;
    if (action != null && action.twoPhase()) {
      facts.policyWords = new LinkedHashSet<>(Set.of("two-phase"));
    }
  }
}
