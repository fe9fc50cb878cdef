package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.internal.names.Names;
import io.pgguard.statement.Effect;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
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
          "partition");

  /** Whether a statement may change what names stand for, so that its transaction's end matters. */
  public static boolean changes(StatementFacts facts) {
    return facts.effect() == Effect.DDL || facts.effect() == Effect.CODE;
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
  boolean mayChange(StatementFacts facts, Catalog catalog) {
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
      if (everything ? !isBuiltIn(name, catalog) : names.containsKey(name.name())) {
        return true;
      }
    }
    for (StatementFacts carried : facts.carried()) {
      if (mayChange(carried, catalog)) {
        return true;
      }
    }
    return false;
  }

  /** PostgreSQL's own functions cannot be replaced by those who are no superusers. */
  private static boolean isBuiltIn(Name name, Catalog catalog) {
    return catalog.functionsNamed(name.name()).stream()
        .allMatch(function -> function.schema().equals("pg_catalog"));
  }
}
