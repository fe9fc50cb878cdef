package io.pgguard.session;

import io.pgguard.plan.TextPlan;
import java.util.List;

/**
 * A text that was judged, as edges hold it. Immutable.
 *
 * @param plan what is known of it
 */
record PlannedText(TextPlan plan) implements StatementPlan {
  /** OIDs of the types that the client declared for parameters. */
  List<Integer> types() {
    return plan.perspective().objects().parameters();
  }

  @Override
  public String text() {
    return plan.text();
  }

  @Override
  public String sent() {
    return plan.sent();
  }

  @Override
  public int statements() {
    return plan.statements();
  }

  @Override
  public boolean denied() {
    return plan.denied();
  }

  @Override
  public boolean changesNames() {
    return plan.changesNames();
  }

  @Override
  public boolean awaitsApproval() {
    return plan.awaitsApproval();
  }
}
