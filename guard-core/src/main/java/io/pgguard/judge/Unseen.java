package io.pgguard.judge;

import io.pgguard.internal.names.Names;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.Collections;
import java.util.Set;

/**
 * What the open transaction may have changed that no snapshot of the catalog shows before it is
 * committed: which names may stand for something else. Immutable.
 *
 * @param everything whether any name may, since a change reaches further than the names in it: a
 *     view that was replaced is read by other views
 * @param names names of relations and functions that may
 */
public record Unseen(boolean everything, Names<Boolean> names) {
  /** Nothing was changed. */
  public static final Unseen NOTHING = new Unseen(false, Names.none());

  /** Anything may have been changed. */
  public static final Unseen EVERYTHING = new Unseen(true, Names.none());

  /** Kinds that change no more than what their own names stand for. */
  private static final Set<StatementKind> NARROW =
      Set.of(
          StatementKind.CREATE_TABLE,
          StatementKind.CREATE_TABLE_AS,
          StatementKind.CREATE_INDEX,
          StatementKind.CREATE_SEQUENCE,
          StatementKind.CREATE_VIEW,
          StatementKind.ALTER_TABLE,
          StatementKind.SELECT);

  /** Words of such statements that make them reach what other names stand for. */
  private static final Set<String> WIDE =
      Set.of(
          "replace",
          "rename",
          "attach",
          "detach",
          "inherit",
          "inherits",
          "schema",
          "owner",
          "rule",
          "trigger",
          "policy",
          "of",
          "partition",
          "cascade");

  /** Kinds that run nothing that they name. */
  private static final Set<StatementKind> QUIET =
      Set.of(
          StatementKind.FETCH,
          StatementKind.CLOSE,
          StatementKind.DEALLOCATE,
          StatementKind.CREATE_SCHEMA,
          StatementKind.COMMENT);

  /** Kinds that change what is read, or who it belongs to, though their effect is on privileges. */
  private static final Set<StatementKind> DEFINING_PRIVILEGES =
      Set.of(
          StatementKind.CREATE_POLICY,
          StatementKind.ALTER_POLICY,
          StatementKind.ALTER_OWNER,
          StatementKind.REASSIGN_OWNED,
          StatementKind.DROP_OWNED);

  /** Words of a query of constants alone. */
  private static final Set<String> PLAIN = Set.of("select", "as", "null", "true", "false");

  /** Whether a statement may change what names stand for, so that its transaction's end matters. */
  public static boolean changes(StatementFacts facts) {
    return facts.effect() == Effect.DDL
        || facts.effect() == Effect.CODE
        || DEFINING_PRIVILEGES.contains(facts.kind());
  }

  public boolean isNothing() {
    return !everything && names.isEmpty();
  }

  /** After this statement too, which {@link #changes} the catalog. */
  public Unseen plus(StatementFacts facts) {
    if (everything || isWide(facts)) {
      return EVERYTHING;
    }
    Names<Boolean> all = names;
    for (String name : facts.identifiers()) {
      all = all.with(name, true);
    }
    for (Name name : facts.relationMentions()) {
      all = all.with(name.name(), true);
    }
    return new Unseen(false, all);
  }

  private static boolean isWide(StatementFacts facts) {
    boolean narrow = NARROW.contains(facts.kind()) || !facts.dropped().isEmpty();
    return !narrow || !Collections.disjoint(facts.identifiers(), WIDE);
  }

  /** Whether what a statement names may stand for something else than the snapshot says. */
  boolean mayChange(StatementFacts facts) {
    if (isNothing()) {
      return false;
    }
    if (facts.kind() == StatementKind.EXECUTE) {
      return true; // the server plans it anew
    }
    for (Name name : facts.relationMentions()) {
      if (everything || names.containsKey(name.name())) {
        return true;
      }
    }
    for (Name name : facts.functionMentions()) {
      if (everything ? !isSystem(name) : names.containsKey(name.name())) {
        return true;
      }
    }
    if (everything && runsUnnamed(facts)) {
      return true;
    }
    for (StatementFacts carried : facts.carried()) {
      if (mayChange(carried)) {
        return true;
      }
    }
    return false;
  }

  /**
   * PostgreSQL's own functions cannot be replaced by those who are no superusers; but by their bare
   * names others may be found that take the arguments more exactly.
   */
  private static boolean isSystem(Name name) {
    return "pg_catalog".equals(name.schema());
  }

  /**
   * Whether it may run code that none of its words for relations and functions stands for:
   * operators, casts, input functions of types.
   */
  private static boolean runsUnnamed(StatementFacts facts) {
    return switch (facts.effect()) {
      case SESSION, TRANSACTION, NOTIFY, LOCK -> false;
      case READ, WRITE, CURSOR, PREPARED, CODE ->
          !QUIET.contains(facts.kind()) && !isPlain(facts.tokens(), facts);
      default -> !QUIET.contains(facts.kind()) && computes(facts);
    };
  }

  /** Whether there is an operator or a cast in it. */
  static boolean computes(StatementFacts facts) {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (facts.tokens().is(i, TokenKind.OPERATOR) || facts.tokens().is(i, TokenKind.TYPECAST)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it does no more than give constants back, by names or none. */
  private static boolean isPlain(Tokens tokens, StatementFacts facts) {
    for (int i = facts.from(); i < facts.to(); i++) {
      boolean plain =
          switch (tokens.kind(i)) {
            case STRING, INTEGER, NUMERIC, PARAMETER -> true;
            case PUNCTUATION -> tokens.is(i, ',');
            case WORD -> PLAIN.contains(tokens.value(i)) || isAlias(tokens, i);
            case QUOTED_NAME -> isAlias(tokens, i);
            default -> false;
          };
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlias(Tokens tokens, int i) {
    return i > 0 && tokens.is(i - 1, TokenKind.WORD) && tokens.value(i - 1).equals("as");
  }
}
