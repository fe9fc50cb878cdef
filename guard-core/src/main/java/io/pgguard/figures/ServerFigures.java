package io.pgguard.figures;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;

/** Asks the database itself, on connections of Guard's own. Thread-safe. */
public final class ServerFigures implements FigureSource {
  private final DatabaseAccess access;

  public ServerFigures(DatabaseAccess access) {
    this.access = access;
  }

  @Override
  public Counted counted(StatementFacts facts, Tokens tokens, SearchPath path) {
    return AffectedRows.count(access, facts, tokens, path);
  }

  @Override
  public Planned planned(String text, boolean parameters, Catalog snapshot, SearchPath path) {
    return PlannerFigures.ask(access, text, parameters, snapshot.serverVersion(), path);
  }
}
