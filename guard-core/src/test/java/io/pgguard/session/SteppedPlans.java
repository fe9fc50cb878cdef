package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;
import java.util.function.Consumer;

/** Plans texts, none of which any cache knows; made where its steps are counted. */
final class SteppedPlans implements Consumer<String>, AutoCloseable {
  private final PlannedDatabase planned;

  SteppedPlans() throws Exception {
    this.planned = PlannedDatabase.small();
  }

  @Override
  public void accept(String text) {
    planned.fresh(text, new NoFigures());
  }

  /** The server is not asked: how long it thinks is not Guard's work. */
  private static final class NoFigures implements FigureSource {
    @Override
    public Planned planned(String text, boolean parameters, Catalog snapshot, SearchPath path) {
      return Planned.UNKNOWN;
    }
  }

  @Override
  public void close() {
    planned.close();
  }
}
