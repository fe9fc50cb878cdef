package io.pgguard.session;

import java.util.function.Consumer;

/** Plans texts, none of which any cache knows; made where its steps are counted. */
final class SteppedPlans implements Consumer<String>, AutoCloseable {
  private final PlannedDatabase planned;

  SteppedPlans() throws Exception {
    this.planned = PlannedDatabase.small();
  }

  @Override
  public void accept(String text) {
    planned.fresh(text);
  }

  @Override
  public void close() {
    planned.close();
  }
}
