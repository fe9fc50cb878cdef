package io.pgguard.figures;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;

/** Asks the database itself, on connections of Guard's own. Thread-safe. */
public final class ServerFigures implements FigureSource {
  private final DatabaseAccess access;

  public ServerFigures(DatabaseAccess access) {
    this.access = access;
  }

  @Override
  public Planned planned(String text, boolean parameters, Catalog snapshot, SearchPath path) {
    return PlannerFigures.ask(access, text, parameters, snapshot.serverVersion(), path);
  }
}
