package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.catalog.Catalog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.ResultColumn;
import io.pgguard.plan.TextPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was decided on one statement still holds when it brings something; found out once.
 * Used by the session's thread.
 */
final class Standing {
  private final Currency currency;
  private final long number;
  private final int index;
  private @Nullable Catalog seen;
  private @Nullable Refusal changed;
  private boolean asked;
  private boolean checked;

  /**
   * @param number the statement's in its session
   * @param index its place in its text
   */
  Standing(Currency currency, long number, int index) {
    this.currency = currency;
    this.number = number;
    this.index = index;
  }

  /** The session's own question was answered. */
  void told(Watch.Row answer) {
    asked = true;
    seen = currency.seen(answer);
  }

  /** Whether the session was asked. */
  boolean asked() {
    return asked;
  }

  /** Whether it is known. */
  boolean checked() {
    return checked;
  }

  /** Why it does not hold; null where it does. */
  @Nullable Refusal changed() {
    return changed;
  }

  /**
   * Whether it holds.
   *
   * @param part what is known of the statement as it runs
   * @param columns the result as it was described
   * @param masked what is done with it
   */
  boolean holds(
      TextPlan plan,
      StatementAnalysis part,
      List<ResultColumn> columns,
      List<MaskedColumn> masked) {
    if (!checked) {
      if (Recheck.matters(plan, plan.parts().get(index))) {
        changed = currency.changed(seen, plan, index, part, number, columns, masked).orElse(null);
      }
      checked = true; // not before: where nothing may wait, this is asked again
    }
    return changed == null;
  }
}
