package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogLook;
import io.pgguard.catalog.CatalogPart;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.LiveCatalog;
import io.pgguard.catalog.SearchPathDefault;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Analyzers;
import io.pgguard.judge.Clearances;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementJudge;
import io.pgguard.plan.PlanCache;
import io.pgguard.plan.TextAnalyzer;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What sessions on one database share: its catalog, the plans of texts, and Guard's own way to it.
 * Thread-safe.
 */
final class Database implements AutoCloseable {
  private final DatabaseAccess access;
  private final LiveCatalog catalog;
  private final Analyzers lineage = new Analyzers();
  private final PlanCache plans;
  private final Clearances clearances = new Clearances(lineage);
  private final SearchPathDefault searchPath;

  Database(DatabaseAccess access, Duration refresh) {
    this.access = access;
    this.searchPath = new SearchPathDefault(access);
    this.catalog = new LiveCatalog(access::connect, refresh, refresh.multipliedBy(10));
    StatementJudge judge = new StatementJudge(lineage);
    this.plans = new PlanCache(new TextAnalyzer(judge, catalog::current));
  }

  DatabaseAccess access() {
    return access;
  }

  Catalog catalog() {
    return catalog.current();
  }

  /** The catalog where it is at hand; null where it has to be asked for. */
  @Nullable Catalog catalogAtHand() {
    return catalog.atHand();
  }

  /** DDL went through, or its transaction was committed. */
  void changed() {
    catalog.staleAfterDdl();
  }

  /**
   * The catalog as the server has it now, whatever was known: when something is unknown, and when a
   * result begins. That is one small query while nothing was committed, and callers at the same
   * time share it.
   */
  Catalog catalogNow() {
    return catalog.refresh();
  }

  /**
   * The catalog as it was when a session's own question saw that snapshot; null where that is not
   * known without asking. Never blocks.
   */
  @Nullable Catalog catalogAt(String snapshot, long own) {
    return catalog.at(snapshot, own);
  }

  /**
   * Whether a part of the catalog is now as a snapshot has it; false in doubt. One query, while
   * what others have changed may not have been read.
   */
  boolean holds(Catalog snapshot, CatalogPart part) {
    return catalog.holds(snapshot, part);
  }

  /** A look at what an open transaction has changed in a snapshot; null where there can be none. */
  @Nullable CatalogLook look(Catalog snapshot) {
    return catalog.look(snapshot);
  }

  /** Whether the catalog was looked at since then, by {@link System#nanoTime}. */
  boolean lookedSince(long nanoTime) {
    return catalog.checkedSince(nanoTime);
  }

  /** A transaction that changed no catalog. */
  void changedNothing(long transaction) {
    catalog.changedNothing(transaction);
  }

  /** What a principal may not see; the same for all of one clearance. */
  Protections protections(Catalog snapshot, Policy policy, Principal principal) {
    return clearances.of(snapshot, policy, policy.classesHiddenFrom(principal));
  }

  /** The same where it is known; null where it has to be found out. */
  @Nullable Protections knownProtections(Catalog snapshot, Policy policy, Principal principal) {
    return clearances.known(snapshot, policy, policy.classesHiddenFrom(principal));
  }

  /** The plan of a text, read and ruled on at most once for each perspective. */
  TextPlan plan(String text, Perspective perspective) {
    return plans.plan(text, perspective);
  }

  /** The plan of a text that is known, or differs from a known one in data; null for any other. */
  @Nullable TextPlan known(String text, Perspective perspective) {
    return plans.known(text, perspective);
  }

  /** The setting search_path as new connections of this user find it; asked once. */
  String defaultSearchPath() {
    return searchPath.get();
  }

  @Override
  public void close() {
    catalog.close();
    access.close();
  }
}
