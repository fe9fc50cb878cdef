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
import io.pgguard.statement.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the catalog again where what was decided by an older one would show or change something:
 * by what the session's own questions tell of it, and over Guard's own connection where they tell
 * that something was committed, or where nothing was asked. Used by the session's thread.
 */
final class Currency {
  private static final Logger LOG = LoggerFactory.getLogger(Currency.class);

  private final SeenCatalog catalogs;
  private final SessionResults results;
  private final String session;

  /** OIDs that the server described and no look found: temporary relations. */
  private final Set<Integer> own = new HashSet<>();

  private final HeldLast held = new HeldLast();

  /** What changes something, and lasts once the edge has asked at the end. */
  private final List<Change> changes = new ArrayList<>();

  /** What the open transaction has changed that goes on further, until that was asked about. */
  private final List<Change> open = new ArrayList<>();

  private final OwnTransaction transaction = new OwnTransaction();

  /** When the first text came since the server was last ready; 0 for none yet. */
  private long since;

  /**
   * A statement that changes something.
   *
   * @param index which statement of its text
   */
  private record Change(TextPlan plan, int index) {}

  Currency(SeenCatalog catalogs, SessionResults results, String session) {
    this.catalogs = catalogs;
    this.results = results;
    this.session = session;
  }

  /** A text has come. */
  void asked() {
    if (since == 0) {
      since = Math.max(1, System.nanoTime());
    }
  }

  /** Whether a pipeline has a transaction open, or may have begun one. */
  boolean openInPipeline() {
    return transaction.mayBeOpen();
  }

  /** The server is ready for the next text. */
  void ready(char status) {
    since = 0;
    if (status == 'I') {
      open.clear();
    }
    for (long ended : transaction.ready(status)) {
      catalogs.changedNothing(ended);
    }
  }

  /** A Sync was sent: what was done until then lasts if it was allowed to, or is undone. */
  void synced() {
    if (!changes.isEmpty()) {
      changes.forEach(this::keep); // a transaction may have begun before it
      changes.clear();
    }
    transaction.synced();
  }

  /**
   * What a statement changes cannot be called back when its result comes, so the catalog is looked
   * at before: once for what is sent without waiting. Not where the edge asks before it may last.
   *
   * @param asking whether the edge asks
   * @param outside whether no transaction is open: then it asks before what is done may last
   * @return why nothing can be decided; empty where it can
   */
  Optional<Refusal> lookBeforeEffects(StatementPlan plan, boolean asking, boolean outside) {
    if (!(plan instanceof PlannedText planned)
        || !mayMatter(planned.plan(), asking, outside)
        || since != 0 && catalogs.lookedSince(since)) {
      return Optional.empty();
    }
    return lookNow();
  }

  /** Looks at the catalog as it is now; whether that could be done. */
  boolean look() {
    return lookNow().isEmpty();
  }

  private Optional<Refusal> lookNow() {
    try {
      catalogs.catalogNow();
      return Optional.empty();
    } catch (CatalogUnavailableException e) {
      return Optional.of(unavailable(e));
    }
  }

  /** People approve what a text means now, not what it meant when the snapshot was taken. */
  private static boolean mayMatter(TextPlan plan, boolean asking, boolean outside) {
    if (plan.awaitsApproval()) {
      return true;
    }
    for (int i = 0; i < plan.parts().size(); i++) {
      StatementAnalysis part = plan.parts().get(i);
      boolean plain = Recheck.isPlain(part);
      if (Recheck.sets(part)
          || Recheck.hasEffect(plan, part) && !(asking && plain)
          || Recheck.isCounted(plan, part) && !(asking && outside && plain)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A statement is about to run.
   *
   * @param asked whether its edge asks before its effect may last
   */
  void runs(TextPlan plan, int index, boolean asked) {
    StatementAnalysis part = plan.parts().get(index);
    transaction.runs(plan, part);
    boolean copies = part.facts().kind() == StatementKind.COPY;
    if ((Recheck.isPlain(part) || copies)
        && (Recheck.hasEffect(plan, part) || Recheck.isCounted(plan, part))) {
      Change change = new Change(plan, index);
      if (asked && !copies) {
        changes.add(change);
      } else {
        keep(change);
      }
    }
  }

  private void keep(Change change) {
    if (Recheck.goesOn(change.plan().parts().get(change.index()))) {
      open.add(change);
    }
  }

  /** Whether something has to be asked before a text that commits what the transaction did. */
  boolean asksAtEnd(StatementPlan plan) {
    return !open.isEmpty()
        && plan instanceof PlannedText planned
        && planned.plan().parts().stream().anyMatch(Recheck::commits);
  }

  /** Whether something has to be asked before what was done may last. */
  boolean asksAtEnd() {
    return !changes.isEmpty();
  }

  /** Why what was done since the server was ready may not last; empty where it may. */
  Optional<Refusal> toldAtEnd(Watch.Row answer) {
    try {
      Catalog seen = seen(answer);
      Catalog now = catalogs.base(seen == null ? catalogs.catalogNow() : seen);
      for (Change change : changes) {
        if (!holds(change, now)) {
          return Optional.of(Refusal.CHANGED);
        }
      }
      for (Change change : open) {
        if (!holds(change, now)) {
          return Optional.of(Refusal.CHANGED);
        }
      }
      open.clear();
      changes.clear();
      return Optional.empty();
    } catch (CatalogUnavailableException e) {
      return Optional.of(unavailable(e));
    }
  }

  /** The catalog at the moment of a question; null where it has to be looked at. */
  @Nullable Catalog seen(Watch.Row row) {
    CatalogAnswer answer = CatalogAnswer.of(row);
    if (answer == null) {
      return null;
    }
    transaction.is(answer.own());
    return answer.fresh() ? catalogs.catalogAt(answer.snapshot(), answer.own()) : null;
  }

  /**
   * What others have changed since counts, so this is about the snapshot that the plan was made
   * over; what the session's own transaction changed besides, it was asked when the plan was made.
   */
  private boolean holds(Change change, Catalog now) {
    TextPlan plan = change.plan();
    Catalog before = plan.perspective().catalog();
    return catalogs.isSeen(before)
        ? catalogs.base(before) == now
        : now == before || Recheck.same(plan, again(plan, now), change.index());
  }

  /**
   * The plan to go on with where the server described what the plan's snapshot does not hold: made
   * anew by the catalog as it is now; the same plan where nothing has changed. A relation that is
   * still unknown is one of the session's own: no other gets its OID while that lasts, and a
   * permanent one that gets it later is found in the catalog.
   */
  TextPlan revised(TextPlan plan, List<ResultColumn> columns) {
    Catalog before = plan.perspective().catalog();
    if (!held.lacks(columns, before, own)) {
      return plan;
    }
    Catalog now = catalogs.catalogNow();
    Unheld.relations(columns, now, own);
    return now == before ? plan : again(plan, now);
  }

  private TextPlan again(TextPlan plan, Catalog now) {
    Perspective before = plan.perspective();
    Protections protections = catalogs.protections(now, before.policy(), before.principal());
    return catalogs.plan(plan.text(), before.over(now, protections));
  }

  /**
   * Looks when a result begins.
   *
   * @param seen the catalog as the session saw it since the statement was bound; null where that is
   *     not known
   * @param index which statement of the plan it is
   * @param part what is known of it as it runs
   * @param columns the result as it was described
   * @param masked what is done with it
   * @return why it may not be delivered as it was decided; empty where the decision still holds
   */
  Optional<Refusal> changed(
      @Nullable Catalog seen,
      TextPlan plan,
      int index,
      StatementAnalysis part,
      long number,
      List<ResultColumn> columns,
      List<MaskedColumn> masked) {
    try {
      if (seen == null && catalogs.stands(plan, part)) {
        return Optional.empty();
      }
      Catalog now = seen == null ? catalogs.catalogNow() : seen;
      Refusal ofCursor = results.cursorChanged(part, now);
      if (ofCursor != null) {
        return Optional.of(ofCursor);
      }
      if (now == plan.perspective().catalog()) {
        return Optional.empty();
      }
      if (catalogs.isSeen(plan.perspective().catalog())
          || !Recheck.same(plan, again(plan, now), index)) {
        return Optional.of(Refusal.CHANGED);
      }
      ResultShaping shaping = results.shaping(part, number);
      shaping.bind(columns);
      return shaping.masked().equals(masked) ? Optional.empty() : Optional.of(Refusal.CHANGED);
    } catch (CatalogUnavailableException e) {
      return Optional.of(unavailable(e));
    }
  }

  private Refusal unavailable(CatalogUnavailableException e) {
    LOG.warn("session {}: no catalog", session, e);
    return Answers.noCatalog(e);
  }
}
