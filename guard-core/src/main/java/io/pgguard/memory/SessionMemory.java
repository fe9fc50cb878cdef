package io.pgguard.memory;

import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.names.Names;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.CodeCursors;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.statement.StatementFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a session has made for itself that later texts refer to: prepared statements, cursors,
 * temporary relations, its search path. Used by the session's thread only.
 */
public final class SessionMemory {
  private Names<StatementAnalysis> prepared = Names.none();
  private Names<Lineage> preparedLineage = Names.none();

  /** In which state of the catalog and the policy each of them was judged last. */
  private final Map<String, Long> judged = new HashMap<>();

  private long state;
  private final Cursors cursors = new Cursors();

  /** Whether the transaction has changed what texts that run already may mean. */
  private boolean rewritten;

  private final Temporaries temporaries = new Temporaries(Map.of());
  private final SessionSettings settings = new SessionSettings(UUID.randomUUID().toString());
  private final PathMemory searched;
  private final OpenedByCode opened = new OpenedByCode();
  private Unseen unseen = Unseen.NOTHING;
  private long catalogState;
  private boolean hadTemporaries;
  private @Nullable SessionObjects objects;

  public SessionMemory(String role, String searchPath) {
    this.searched = new PathMemory(role, searchPath);
  }

  /** The settings that could make a text do something else. */
  public SessionSettings settings() {
    return settings;
  }

  public SearchPath path() {
    return searched.path();
  }

  /**
   * From version 18 on the server itself reports a path that has changed, rollbacks included,
   * before it says that it is ready.
   */
  public void pathReported(String setting) {
    searched.reported(setting);
  }

  /** The server is ready: the last path that it reported is the one that holds. */
  public void ready() {
    settings.ready();
    searched.ready();
  }

  /** RESET search_path was completed: the connection's own again, whoever configured that. */
  void pathReset(boolean local) {
    searched.reset(local);
  }

  /** SET search_path was completed; whether it stays is known when its transaction ends. */
  void pathSet(String setting, boolean local) {
    searched.set(setting, local);
  }

  /** ROLLBACK TO: it may have taken back a part of what the transaction set or changed. */
  void rolledBackTo() {
    catalogState++;
    searched.rolledBackTo();
  }

  /** One was prepared, under a path that its own text may have set and left again. */
  void prepared(String name, StatementAnalysis analysis) {
    keep(name, analysis);
    judged.remove(name);
  }

  private void keep(String name, StatementAnalysis analysis) {
    prepared = prepared.with(name, analysis);
    preparedLineage = preparedLineage.with(name, analysis.lineage());
    judged.put(name, state);
    objects = null;
  }

  void deallocated(@Nullable String name) {
    prepared = name == null ? Names.none() : prepared.without(name);
    preparedLineage = name == null ? Names.none() : preparedLineage.without(name);
    if (name == null) {
      judged.clear();
    } else {
      judged.remove(name);
    }
    objects = null;
  }

  void declared(String name, StatementAnalysis analysis, boolean holds) {
    cursors.declared(name, analysis, holds);
    objects = null;
  }

  void closed(@Nullable String name) {
    cursors.closed(name);
    objects = null;
  }

  /**
   * A message of the extended protocol gave a name to something that no text made, or took it away:
   * SQL and the protocol share their names, so what SQL made by it is known no longer.
   */
  public void nameTaken(boolean statement, String name) {
    if (!statement && opened.madeByClient(name)) {
      objects = null;
    }
    if (statement && prepared.containsKey(name)) {
      deallocated(name);
    } else if (!statement && cursors.lineage().containsKey(name)) {
      closed(name);
    }
  }

  /** Code ran that may have opened cursors. */
  void ran(CursorOpeners openers) {
    if (opened.ran(openers)) {
      objects = null;
    }
  }

  Temporaries temporaries() {
    return temporaries;
  }

  /** The session's temporary relations by name; the same object until one comes or goes. */
  public Map<String, TemporaryRelation> temporaryRelations() {
    return objects().temporaryRelations();
  }

  /** A statement was completed that may have made, changed or removed temporary relations. */
  void temporariesChanged() {
    if (!temporaries.isEmpty() || hadTemporaries) {
      hadTemporaries = !temporaries.isEmpty();
      SessionObjects known = objects;
      if (known != null && known.temporaryRelations() != temporaries.byName()) {
        objects = null;
      }
    }
  }

  /** What the statement that declared a cursor was judged to be; empty for other cursors. */
  public Optional<StatementAnalysis> declaredAs(String cursor) {
    return Optional.ofNullable(cursors.declaredAs(cursor));
  }

  /** A statement was completed that may have changed what names stand for. */
  void changedCatalog(StatementFacts facts) {
    unseen = unseen.plus(facts);
    catalogState++;
    if (Unseen.NOTHING.plus(facts).everything()) {
      rewritten = true;
      if (cursors.forgetOverCode()) {
        objects = null;
      }
    }
  }

  /** Whether the transaction has changed what texts that run already may mean. */
  public boolean rewritten() {
    return rewritten;
  }

  /** Code ran that may have changed what any name stands for. */
  void anythingChanged() {
    unseen = Unseen.EVERYTHING;
    catalogState++;
  }

  /** Triggers ran that had waited: where they may change something, that is known already. */
  void triggersRan() {
    if (!unseen.isNothing()) {
      anythingChanged();
    }
  }

  /** Another number each time that the transaction may have changed or taken back something. */
  public long catalogState() {
    return catalogState;
  }

  /** What only the open transaction sees, and no snapshot; the same object until it changes. */
  public Unseen unseen() {
    return unseen(false);
  }

  /**
   * The same where the session was asked.
   *
   * @param asked whether it is known what the transaction has changed in the catalog
   */
  public Unseen unseen(boolean asked) {
    return searched.inDoubt() ? Unseen.EVERYTHING : asked ? Unseen.NOTHING : unseen;
  }

  /** Whether the session can tell what it sees that no snapshot shows: no path is in doubt. */
  public boolean tellable() {
    return !unseen.isNothing() && !searched.inDoubt();
  }

  /**
   * The transaction ended.
   *
   * @param failed whether there was an error in it, so that it may be undone without a ROLLBACK
   */
  void transactionEnded(boolean rolledBack, boolean failed) {
    if (!unseen.isNothing()) {
      unseen = Unseen.NOTHING;
      catalogState++;
    }
    temporaries.transactionEnded(!rolledBack && !failed);
    temporariesChanged();
    if (cursors.transactionEnded() | opened.transactionEnded()) {
      objects = null;
    }
    rewritten = false;
    searched.transactionEnded(rolledBack || failed);
    settings.transactionEnded(rolledBack || failed);
  }

  /** The prepared statements by name; the same object until one comes or goes. */
  public Map<String, StatementAnalysis> preparedStatements() {
    return prepared;
  }

  /**
   * PostgreSQL plans prepared statements anew when the catalog or the search path changes (its
   * plancache.c), so they are to be judged anew, each when a text names it.
   */
  public void outdated() {
    state++;
  }

  /** Judges anew those of these prepared statements that were not since {@link #outdated}. */
  public void judgeAnew(Iterable<String> names, UnaryOperator<StatementAnalysis> judge) {
    for (String name : names) {
      StatementAnalysis one = prepared.get(name);
      if (one != null && !Long.valueOf(state).equals(judged.get(name))) {
        keep(name, judge.apply(one));
      }
    }
  }

  /** As lineage needs it. */
  public SessionObjects objects() {
    SessionObjects known = objects;
    if (known == null) {
      CodeCursors ofCode = opened.cursors();
      known =
          prepared.isEmpty()
                  && cursors.lineage().isEmpty()
                  && temporaries.isEmpty()
                  && ofCode == null
              ? SessionObjects.NONE
              : new SessionObjects(preparedLineage, cursors.lineage(), temporaries.byName())
                  .with(ofCode);
      objects = known;
    }
    return known;
  }
}
