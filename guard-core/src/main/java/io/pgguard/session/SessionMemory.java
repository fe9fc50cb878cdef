package io.pgguard.session;

import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.SearchPath;
import io.pgguard.lineage.SessionObjects;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a session has made for itself that later texts refer to: prepared statements, cursors,
 * temporary relations, its search path. Used by the session's thread only.
 */
final class SessionMemory {
  /** A prepared statement or cursor: where it came from, and what was known of it. */
  record Carried(StatementAnalysis analysis, boolean holds) {}

  private final String role;
  private final String startPath;
  private final Map<String, Carried> prepared = new HashMap<>();
  private final Map<String, Carried> cursors = new HashMap<>();
  private final Temporaries temporaries = new Temporaries();
  private SearchPath path;
  private @Nullable SearchPath pathBefore;
  private @Nullable SearchPath pathAfter;
  private boolean pathReported;
  private boolean ddlInTransaction;
  private boolean hadTemporaries;
  private @Nullable SessionObjects objects;
  private @Nullable Map<String, StatementAnalysis> statements;

  SessionMemory(String role, String searchPath) {
    this.role = role;
    this.startPath = searchPath;
    this.path = SearchPathSetting.resolve(searchPath, role);
  }

  SearchPath path() {
    return path;
  }

  /**
   * From version 18 on the server reports the path itself whenever it changes, rollbacks included.
   */
  void pathReported(String setting) {
    pathReported = true;
    path = SearchPathSetting.resolve(setting, role);
  }

  /** RESET search_path was completed: the connection's own again, whoever configured that. */
  void pathReset(boolean local, boolean inTransaction) {
    pathSet(startPath, local, inTransaction);
  }

  /** SET search_path was completed. */
  void pathSet(String setting, boolean local, boolean inTransaction) {
    if (pathReported) {
      return;
    }
    if (pathBefore == null) {
      pathBefore = path;
    }
    path = SearchPathSetting.resolve(setting, role);
    if (!local) {
      pathAfter = path;
    }
    if (!inTransaction && !local) {
      pathBefore = null;
      pathAfter = null;
    }
  }

  void prepared(String name, StatementAnalysis analysis) {
    prepared.put(name, new Carried(analysis, true));
    forget();
  }

  void deallocated(@Nullable String name) {
    if (name == null) {
      prepared.clear();
    } else {
      prepared.remove(name);
    }
    forget();
  }

  void declared(String name, StatementAnalysis analysis, boolean holds) {
    cursors.put(name, new Carried(analysis, holds));
    forget();
  }

  void closed(@Nullable String name) {
    if (name == null) {
      cursors.clear();
    } else {
      cursors.remove(name);
    }
    forget();
  }

  Temporaries temporaries() {
    return temporaries;
  }

  /** A statement was completed that may have made, changed or removed temporary relations. */
  void temporariesChanged() {
    if (!temporaries.isEmpty() || hadTemporaries) {
      hadTemporaries = !temporaries.isEmpty();
      SessionObjects known = objects;
      if (known != null && !known.temporaryRelations().equals(temporaries.byName())) {
        objects = null;
      }
    }
  }

  @Nullable Carried prepared(String name) {
    return prepared.get(name);
  }

  @Nullable Carried cursor(String name) {
    return cursors.get(name);
  }

  void ddl() {
    ddlInTransaction = true;
  }

  /** Whether relations may exist that only this transaction sees, and no snapshot. */
  boolean ddlInTransaction() {
    return ddlInTransaction;
  }

  /**
   * The transaction ended.
   *
   * @param failed whether there was an error in it, so that it may be undone without a ROLLBACK
   */
  void transactionEnded(boolean rolledBack, boolean failed) {
    ddlInTransaction = false;
    temporaries.transactionEnded(!rolledBack && !failed);
    temporariesChanged();
    if (cursors.values().removeIf(c -> !c.holds())) {
      objects = null;
    }
    if (pathBefore != null && !pathReported) {
      path = rolledBack || pathAfter == null ? pathBefore : pathAfter;
      pathBefore = null;
      pathAfter = null;
    }
  }

  /** The prepared statements by name; the same object until one comes or goes. */
  Map<String, StatementAnalysis> preparedStatements() {
    Map<String, StatementAnalysis> known = statements;
    if (known == null) {
      Map<String, StatementAnalysis> all = new HashMap<>();
      prepared.forEach((name, carried) -> all.put(name, carried.analysis()));
      known = Map.copyOf(all);
      statements = known;
    }
    return known;
  }

  /**
   * PostgreSQL plans prepared statements anew when the catalog changes, so they are judged anew.
   */
  void judgeAnew(UnaryOperator<StatementAnalysis> judge) {
    if (!prepared.isEmpty()) {
      prepared.replaceAll(
          (name, carried) -> new Carried(judge.apply(carried.analysis()), carried.holds()));
      forget();
    }
  }

  private void forget() {
    objects = null;
    statements = null;
  }

  /** As lineage needs it. */
  SessionObjects objects() {
    SessionObjects known = objects;
    if (known == null) {
      Map<String, Lineage> statements = new HashMap<>();
      prepared.forEach((name, carried) -> statements.put(name, carried.analysis().lineage()));
      Map<String, Lineage> open = new HashMap<>();
      cursors.forEach((name, carried) -> open.put(name, carried.analysis().lineage()));
      known =
          statements.isEmpty() && open.isEmpty() && temporaries.isEmpty()
              ? SessionObjects.NONE
              : new SessionObjects(statements, open, temporaries.byName());
      objects = known;
    }
    return known;
  }
}
