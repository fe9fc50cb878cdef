package io.pgguard.statement;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tokens alone tell about one statement. Everything is an over-approximation: a relation or
 * function that the statement names is always among the mentions; some mentions are something else.
 * Immutable and thread-safe.
 */
public final class StatementFacts {
  private final Tokens tokens;
  private final FactsBuilder facts;

  /** Asked for many times while a statement is judged and never again, so plans do not hold it. */
  private volatile @Nullable WeakReference<Set<String>> identifiers;

  StatementFacts(Tokens tokens, FactsBuilder facts) {
    this.tokens = tokens;
    this.facts = facts;
  }

  public StatementKind kind() {
    return facts.kind;
  }

  /** The tokens of the text that the statement stands in. */
  public Tokens tokens() {
    return tokens;
  }

  /** The most severe of what the statement does and what it carries and runs. */
  public Effect effect() {
    return facts.effect;
  }

  /**
   * The words by which a policy speaks of this statement. Where a statement carries another that
   * does more than it, such as EXPLAIN ANALYZE a DELETE, the milder word is left out, so that no
   * rule which allows the milder allows the other with it.
   */
  public Set<String> policyWords() {
    return facts.policyWords;
  }

  /** Index of the statement's first token. */
  public int from() {
    return facts.from;
  }

  /** Index after the statement's last token; the semicolon is not part of it. */
  public int to() {
    return facts.to;
  }

  /** The statement as written, from its first token to its last. */
  public String text() {
    return tokens.source().substring(tokens.start(from()), tokens.end(to() - 1));
  }

  /** What may name a relation, common table expressions and aliases among it; unmodifiable. */
  public Set<Name> relationMentions() {
    return facts.relations;
  }

  /**
   * What may name a function, also by special syntax such as {@code AT TIME ZONE}; unmodifiable.
   * Not here: operators, casts, and {@code t.f} where that means {@code f(t)}; {@link #identifiers}
   * has the last.
   */
  public Set<Name> functionMentions() {
    return facts.functions;
  }

  /** Every word and quoted name in the statement, folded and decoded, keywords too. */
  public Set<String> identifiers() {
    WeakReference<Set<String>> earlier = identifiers;
    Set<String> known = earlier == null ? null : earlier.get();
    if (known == null) {
      known = tokens.identifiers(from(), to());
      identifiers = new WeakReference<>(known);
    }
    return known;
  }

  /** Whether {@link #identifiers} holds a name of ASCII that is no keyword; makes none of them. */
  public boolean names(String name) {
    return tokens.holds(name, from(), to());
  }

  /** The string constants in order, decoded. */
  public List<String> stringConstants() {
    List<String> found = new ArrayList<>();
    for (int i = from(); i < to(); i++) {
      if (tokens.is(i, TokenKind.STRING)) {
        found.add(tokens.value(i));
      }
    }
    return List.copyOf(found);
  }

  /** Whether there is a SELECT INTO, here or in what is carried. */
  public boolean intoClause() {
    return facts.into;
  }

  /** Whether there is FOR UPDATE, FOR SHARE or the like, here or in what is carried. */
  public boolean locking() {
    return facts.locking;
  }

  /** The worst WHERE of the queries that lock what they read, here or in what is carried. */
  public WhereClause locked() {
    return facts.locked;
  }

  /** Whether a WITH clause holds INSERT, UPDATE, DELETE or MERGE, here or in what is carried. */
  public boolean dataModifyingWith() {
    return facts.modifyingWith;
  }

  /** What a MERGE of this statement does to rows, not of what it carries; unmodifiable. */
  public Set<StatementKind> merges() {
    return facts.merges;
  }

  /** The relation that the statement makes itself, not what it carries does. */
  public Optional<MadeRelation> made() {
    return Optional.ofNullable(facts.made);
  }

  /** The relations that a DROP of relations names. */
  public List<Name> dropped() {
    return facts.dropped;
  }

  /** The new name that an ALTER ... RENAME gives, to a relation or to something else. */
  public Optional<String> renamedTo() {
    return Optional.ofNullable(facts.renamedTo);
  }

  /** The function that a CREATE TRIGGER attaches; it does not call it. */
  public Optional<Name> triggerFunction() {
    return Optional.ofNullable(facts.triggerFunction);
  }

  /** The worst WHERE of all UPDATE and DELETE in the statement and in what it carries. */
  public WhereClause where() {
    return facts.where;
  }

  /** Whether an UPDATE or DELETE is narrowed by WHERE CURRENT OF. */
  public boolean currentOf() {
    return facts.currentOf;
  }

  /** Whether EXPLAIN runs what it explains. */
  public boolean analyze() {
    return facts.analyze;
  }

  /** How deep parentheses and brackets nest; 0 without any. */
  public int nestingDepth() {
    return facts.nestingDepth;
  }

  /**
   * The statements inside: of EXPLAIN, PREPARE, DECLARE, COPY (query), CREATE TABLE AS, CREATE
   * VIEW, the actions of CREATE RULE, the elements of CREATE SCHEMA, the body of a standard SQL
   * function.
   */
  public List<StatementFacts> carried() {
    return facts.carried;
  }

  /** The setting of SET, RESET and SHOW. */
  public Optional<SettingFacts> setting() {
    return Optional.ofNullable(facts.setting);
  }

  /** The prepared statement's name in PREPARE, EXECUTE, DEALLOCATE; none for DEALLOCATE ALL. */
  public Optional<String> statementName() {
    return Optional.ofNullable(facts.statementName);
  }

  /** The cursor's name in DECLARE, FETCH, MOVE, CLOSE; none for CLOSE ALL. */
  public Optional<String> cursorName() {
    return Optional.ofNullable(facts.cursorName);
  }

  /** The channel of LISTEN, UNLISTEN, NOTIFY; none for UNLISTEN *. */
  public Optional<String> channel() {
    return Optional.ofNullable(facts.channel);
  }

  /** What COPY moves. */
  public Optional<CopyFacts> copy() {
    return Optional.ofNullable(facts.copy);
  }

  /** Which transaction statement it is. */
  public Optional<TransactionAction> transaction() {
    return Optional.ofNullable(facts.transaction);
  }

  /**
   * Whether the tokens of another statement tell the same of it: everything but {@link #text},
   * {@link #identifiers} and {@link #stringConstants}. Statements that carry others count as
   * different.
   */
  public boolean tellsSameAs(StatementFacts other) {
    return facts.tellsSameAs(other.facts);
  }

  /** The same facts of other tokens. */
  StatementFacts of(Tokens others) {
    return new StatementFacts(others, facts);
  }

  @Override
  public String toString() {
    return kind().nodeName() + " " + effect() + " " + relationMentions() + functionMentions();
  }
}
