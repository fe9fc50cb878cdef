package io.pgguard.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of one statement while they are gathered; frozen before anyone else sees them. */
final class FactsBuilder {
  final int from;
  final int to;
  StatementKind kind = StatementKind.UNKNOWN;
  Effect effect = Effect.CODE;
  Set<String> policyWords = new LinkedHashSet<>();
  Set<Name> relations = new LinkedHashSet<>();
  Set<Name> functions = new LinkedHashSet<>();
  List<StatementFacts> carried = new ArrayList<>();
  // The INSERT, UPDATE, DELETE and MERGE of this statement, in WITH clauses too.
  Set<StatementKind> writes = new LinkedHashSet<>();
  // What a MERGE here does behind THEN.
  Set<StatementKind> merges = new LinkedHashSet<>();
  WhereClause where = WhereClause.NOT_APPLICABLE;
  // The worst WHERE of the queries that lock their rows.
  WhereClause locked = WhereClause.NOT_APPLICABLE;
  boolean currentOf;
  boolean into;
  boolean locking;
  boolean modifyingWith;
  @Nullable MadeRelation made;
  List<Name> dropped = List.of();
  @Nullable String renamedTo;
  @Nullable Name triggerFunction;
  boolean analyze;
  // A clause did not have the form that PostgreSQL's grammar asks for.
  boolean malformed;
  int nestingDepth;
  @Nullable SettingFacts setting;
  @Nullable String statementName;
  @Nullable String cursorName;
  @Nullable String channel;
  @Nullable CopyFacts copy;
  @Nullable TransactionAction transaction;

  FactsBuilder(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Counts in a statement that this one holds. */
  void carry(StatementFacts inner) {
    carried.add(inner);
    relations.addAll(inner.relationMentions());
    functions.addAll(inner.functionMentions());
    into |= inner.intoClause();
    locking |= inner.locking();
    locked = locked.and(inner.locked());
    modifyingWith |= inner.dataModifyingWith();
    currentOf |= inner.currentOf();
  }

  /** Whether the text says that what it makes is temporary. */
  boolean temporary() {
    return made != null && made.temporary();
  }

  /** Whether two statements without others in them have the same facts. */
  boolean tellsSameAs(FactsBuilder o) {
    return from == o.from
        && to == o.to
        && kind == o.kind
        && effect == o.effect
        && where == o.where
        && locked == o.locked
        && nestingDepth == o.nestingDepth
        && carried.isEmpty()
        && o.carried.isEmpty()
        && sameFlags(o)
        && policyWords.equals(o.policyWords)
        && relations.equals(o.relations)
        && functions.equals(o.functions)
        && merges.equals(o.merges)
        && sameNames(o);
  }

  private boolean sameFlags(FactsBuilder o) {
    return currentOf == o.currentOf
        && into == o.into
        && locking == o.locking
        && modifyingWith == o.modifyingWith
        && analyze == o.analyze
        && malformed == o.malformed;
  }

  private boolean sameNames(FactsBuilder o) {
    return Objects.equals(setting, o.setting)
        && Objects.equals(statementName, o.statementName)
        && Objects.equals(cursorName, o.cursorName)
        && Objects.equals(channel, o.channel)
        && Objects.equals(copy, o.copy)
        && Objects.equals(made, o.made)
        && dropped.equals(o.dropped)
        && Objects.equals(renamedTo, o.renamedTo)
        && Objects.equals(triggerFunction, o.triggerFunction)
        && transaction == o.transaction;
  }

  StatementFacts build(Tokens tokens) {
    policyWords = Collections.unmodifiableSet(policyWords);
    relations = Collections.unmodifiableSet(relations);
    functions = Collections.unmodifiableSet(functions);
    merges = Collections.unmodifiableSet(merges);
    carried = List.copyOf(carried);
    return new StatementFacts(tokens, this);
  }
}
