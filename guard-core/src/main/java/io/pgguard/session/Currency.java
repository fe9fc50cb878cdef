package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.ResultColumn;
import io.pgguard.plan.TextPlan;
import io.pgguard.result.ResultShaping;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the catalog again where what was decided by an older one would show or change something.
 * Used by the session's thread.
 */
final class Currency {
  private static final Logger LOG = LoggerFactory.getLogger(Currency.class);

  private final Database database;
  private final SessionResults results;
  private final String session;

  /** OIDs that the server described and no look found: temporary relations. */
  private final Set<Integer> own = new HashSet<>();

  /** Whether the catalog was looked at since the server was last ready. */
  private boolean looked;

  Currency(Database database, SessionResults results, String session) {
    this.database = database;
    this.results = results;
    this.session = session;
  }

  /** The server is ready for the next text. */
  void ready() {
    looked = false;
  }

  /**
   * What a statement changes cannot be called back when its result comes, so the catalog is looked
   * at before: once for what is sent without waiting.
   *
   * @return why nothing can be decided; empty where it can
   */
  Optional<Refusal> lookBeforeEffects(StatementPlan plan) {
    if (looked || !(plan instanceof PlannedText planned) || !mayMatter(planned.plan())) {
      return Optional.empty();
    }
    try {
      database.catalogNow();
      looked = true;
      return Optional.empty();
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog", session, e);
      return Optional.of(Answers.noCatalog(e));
    }
  }

  /** Looks at the catalog as it is now; whether that could be done. */
  boolean look() {
    try {
      database.catalogNow();
      return true;
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog", session, e);
      return false;
    }
  }

  /** People approve what a text means now, not what it meant when the snapshot was taken. */
  private static boolean mayMatter(TextPlan plan) {
    return Recheck.hasEffects(plan) || plan.awaitsApproval();
  }

  /**
   * The plan to go on with where the server described what the plan's snapshot does not hold: made
   * anew by the catalog as it is now; the same plan where nothing has changed. A relation that is
   * still unknown is one of the session's own: no other gets its OID while that lasts, and a
   * permanent one that gets it later is found in the catalog.
   */
  TextPlan revised(TextPlan plan, List<ResultColumn> columns) {
    Catalog before = plan.perspective().catalog();
    if (!Unheld.any(columns, before, own)) {
      return plan;
    }
    Catalog now = database.catalogNow();
    Unheld.relations(columns, now, own);
    return now == before ? plan : again(plan, now);
  }

  private TextPlan again(TextPlan plan, Catalog now) {
    Perspective before = plan.perspective();
    Protections protections = database.protections(now, before.policy(), before.principal());
    return database.plan(plan.text(), before.over(now, protections));
  }

  /**
   * Looks when a result begins.
   *
   * @param index which statement of the plan it is
   * @param part what is known of it as it runs
   * @param columns the result as it was described
   * @param masked what is done with it
   * @return why it may not be delivered as it was decided; empty where the decision still holds
   */
  Optional<Refusal> changed(
      TextPlan plan,
      int index,
      StatementAnalysis part,
      long number,
      List<ResultColumn> columns,
      List<MaskedColumn> masked) {
    if (!Recheck.matters(plan, plan.parts().get(index))) {
      return Optional.empty();
    }
    try {
      Catalog now = database.catalogNow();
      if (now == plan.perspective().catalog()) {
        return Optional.empty();
      }
      if (!Recheck.same(plan, again(plan, now), index)) {
        return Optional.of(Refusal.CHANGED);
      }
      ResultShaping shaping = results.shaping(part, number);
      shaping.bind(columns);
      return shaping.masked().equals(masked) ? Optional.empty() : Optional.of(Refusal.CHANGED);
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog", session, e);
      return Optional.of(Answers.noCatalog(e));
    }
  }
}
