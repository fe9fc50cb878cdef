package io.pgguard.session;

import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.Findings;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.plan.Foresight;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the texts of one session. Used by the session's thread. */
final class Planning {
  private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

  private final String session;
  private final SeenCatalog catalogs;
  private final Vantage vantage;
  private final RecentPlans recent = new RecentPlans();

  Planning(String session, SeenCatalog catalogs, Vantage vantage) {
    this.session = session;
    this.catalogs = catalogs;
    this.vantage = vantage;
  }

  /** Reads a text and rules on it, as the session sees things now. */
  StatementPlan plan(String text, List<Integer> types, @Nullable String intent) {
    return plan(text, types, text, intent);
  }

  /**
   * @param types of parameters, as the client declares them
   * @param naming a text that names all prepared statements that are to be up to date
   */
  private StatementPlan plan(
      String text, List<Integer> types, String naming, @Nullable String intent) {
    try {
      Perspective now = vantage.now(intent, naming);
      PlannedText known = recent.find(text, types, now);
      return known == null ? looked(text, types, now, naming, intent) : known;
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog", session, e);
      return new UnplannedText(text, Answers.noCatalog(e));
    }
  }

  private PlannedText looked(
      String text, List<Integer> types, Perspective now, String naming, @Nullable String intent) {
    TextPlan plan = catalogs.plan(text, now.taking(types));
    if (!isDoubtful(plan)) {
      PlannedText planned = new PlannedText(plan);
      recent.keep(planned, now);
      return planned;
    }
    if (catalogs.catalogNow() == now.catalog()) {
      return new PlannedText(plan);
    }
    Perspective newer = vantage.now(intent, naming);
    return new PlannedText(catalogs.plan(text, newer.taking(types)));
  }

  /** The plans of texts that will be sent one behind the other. */
  List<StatementPlan> plan(List<String> texts, @Nullable String intent) {
    List<StatementPlan> plans = new ArrayList<>(texts.size());
    Foresight foresight = null;
    for (String text : texts) {
      if (foresight == null) {
        StatementPlan first = plan(text, List.of(), String.join("\n", texts), intent);
        plans.add(first);
        if (first instanceof PlannedText planned) {
          foresight = new Foresight(catalogs::catalog, planned.plan().perspective());
          planned.plan().parts().forEach(foresight::after);
        }
      } else {
        TextPlan plan = catalogs.plan(text, foresight.now());
        plan.parts().forEach(foresight::after);
        plans.add(onlyDoubted(plan) ? plan(text, List.of(), intent) : new PlannedText(plan));
      }
    }
    return plans;
  }

  /**
   * The session's own DDL is committed: what it changed is read before the client is told that the
   * server is ready, so that its next statement finds it known.
   */
  void learn(@Nullable String intent) {
    try {
      vantage.now(intent);
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog; its next statement asks for it again", session, e);
    }
  }

  /** Whether a plan still says what another one would. */
  boolean isCurrent(StatementPlan plan, @Nullable String intent) {
    return plan instanceof PlannedText planned
        && planned.plan().perspective().sameTaking(vantage.now(intent), planned.types());
  }

  /** Whether it is denied only for doubt that will be over when those before it have run. */
  private static boolean onlyDoubted(TextPlan text) {
    return text.denied()
        && text.unreadable() == null
        && !text.perspective().unseen().isNothing()
        && text.parts().stream()
            .flatMap(part -> part.decision().verdicts().stream())
            .filter(verdict -> verdict.outcome() == Verdict.Outcome.DENY)
            .allMatch(verdict -> Findings.OF_DOUBT.contains(verdict.rule()));
  }

  /** Whether a newer catalog could show it in another light: it is refused or not understood. */
  private static boolean isDoubtful(TextPlan plan) {
    if (plan.denied()) {
      return true;
    }
    for (StatementAnalysis part : plan.parts()) {
      if (part.lineage() instanceof Lineage.Unknown
          && !(part.facts().relationMentions().isEmpty()
              && part.facts().functionMentions().isEmpty())) {
        return true;
      }
    }
    return false;
  }
}
