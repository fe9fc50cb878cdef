package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogLook;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.TextPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the session itself what its open transaction has changed in the catalog, where a text is in
 * doubt for that alone. Asked once after each change; where it cannot be told, the doubt stays.
 * Used by the session's thread.
 */
final class OpenLook {
  private static final Logger LOG = LoggerFactory.getLogger(OpenLook.class);

  /**
   * REPEATABLE READ and SERIALIZABLE show others' changes as they were, and mean them as they are.
   */
  private static final String ISOLATION =
      "SELECT pg_catalog.current_setting('transaction_isolation')";

  private final SeenCatalog catalogs;
  private final SessionMemory memory;
  private final Planning planning;
  private final String session;

  /** What is being asked; null for nothing. */
  private @Nullable CatalogLook look;

  /** What was asked last, and over which snapshot. */
  private long tried = -1;

  private @Nullable Catalog over;

  OpenLook(SeenCatalog catalogs, SessionMemory memory, Planning planning, String session) {
    this.catalogs = catalogs;
    this.memory = memory;
    this.planning = planning;
    this.session = session;
  }

  /** What to ask before a text is planned; empty for nothing. */
  List<String> before(String text, @Nullable String intent) {
    if (!memory.tellable()) {
      look = null;
      return List.of();
    }
    try {
      if (look == null) {
        catalogs.renew();
        look = isWanted(text, intent) ? begun() : null;
      }
      return look == null ? List.of() : round(look.questions());
    } catch (CatalogUnavailableException e) {
      LOG.warn("session {}: no catalog to look from", session, e);
      return List.of();
    }
  }

  private @Nullable CatalogLook begun() {
    CatalogLook begun = catalogs.look();
    tried = memory.catalogState();
    over = begun == null ? null : begun.base();
    return begun;
  }

  private boolean isWanted(String text, @Nullable String intent) {
    if (!(planning.plan(text, List.of(), intent) instanceof PlannedText planned)) {
      return false;
    }
    TextPlan plan = planned.plan();
    Perspective perspective = plan.perspective();
    if (tried == memory.catalogState() && over == perspective.catalog()) {
      return false;
    }
    for (StatementAnalysis part : plan.parts()) {
      if (perspective.isInDoubt(part.facts())) {
        return true;
      }
    }
    return false;
  }

  private static List<String> round(List<String> questions) {
    List<String> round = new ArrayList<>();
    round.add(ISOLATION);
    round.addAll(CatalogLook.BEGIN);
    round.addAll(questions);
    round.addAll(CatalogLook.END);
    return round;
  }

  /** The answers to {@link #before}. */
  void answered(List<List<Watch.Row>> answers) {
    CatalogLook asked = look;
    if (asked == null) {
      return;
    }
    try {
      int from = 1 + CatalogLook.BEGIN.size();
      List<List<CatalogRow>> rows = new ArrayList<>();
      for (List<Watch.Row> each : answers.subList(from, answers.size() - CatalogLook.END.size())) {
        rows.add(each.stream().<CatalogRow>map(row -> row.values()::get).toList());
      }
      if (!isFresh(answers.get(0))) {
        look = null;
        return;
      }
      asked.answered(rows);
      if (asked.questions().isEmpty()) {
        look = null;
        catalogs.found(asked);
      }
    } catch (RuntimeException e) {
      look = null;
      LOG.warn("session {}: what its transaction changed cannot be read", session, e);
    }
  }

  private static boolean isFresh(List<Watch.Row> isolation) {
    String level = isolation.isEmpty() ? null : isolation.get(0).values().get(0);
    return "read committed".equals(level) || "read uncommitted".equals(level);
  }

  /** The server did not answer. */
  void lost() {
    look = null;
  }
}
