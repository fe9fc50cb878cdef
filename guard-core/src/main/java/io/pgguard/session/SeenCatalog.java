package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogLook;
import io.pgguard.catalog.CatalogPart;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Analyzers;
import io.pgguard.judge.Clearances;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.StatementJudge;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.Footing;
import io.pgguard.plan.PlanCache;
import io.pgguard.plan.TextAnalyzer;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as one session sees it: the database's own, and over that what the session's open
 * transaction has changed, once the session was asked ({@link CatalogLook}). That holds until the
 * transaction changes something again, takes something back or ends, and only over the snapshot
 * that it was asked over; then the snapshot stands alone, and what may have changed is in doubt.
 * Used by the session's thread.
 */
final class SeenCatalog {
  private final Database database;
  private final SessionMemory memory;
  private @Nullable Within within;

  /** What the session goes by while it must not wait; null while it may. */
  private @Nullable Catalog held;

  /** What its transactions have seen, and over what, for as long as something was decided by it. */
  private final Map<Catalog, Catalog> seen = new WeakHashMap<>();

  /** What the transaction sees, and what is made of it. */
  private static final class Within {
    private final long state;
    private final Catalog base;
    private final Catalog catalog;
    private final Clearances clearances;
    private final PlanCache plans;

    Within(long state, Catalog base, Catalog catalog) {
      this.state = state;
      this.base = base;
      this.catalog = catalog;
      Analyzers analyzers = new Analyzers();
      this.clearances = new Clearances(analyzers);
      this.plans = new PlanCache(new TextAnalyzer(new StatementJudge(analyzers), () -> catalog));
    }
  }

  SeenCatalog(Database database, SessionMemory memory) {
    this.database = database;
    this.memory = memory;
  }

  /** A look at what the open transaction has changed; null where that cannot be found out. */
  @Nullable CatalogLook look() {
    return database.look(newest());
  }

  /** What the look has found. */
  void found(CatalogLook look) {
    Catalog found = look.seen();
    within = found == null ? null : new Within(memory.catalogState(), look.base(), found);
    if (found != null) {
      seen.put(found, look.base());
    }
  }

  /**
   * Looks whether what the session was asked over is still the newest: a plan made over anything
   * else could not be made anew while it runs, since the session cannot be asked then.
   */
  void renew() {
    if (within() != null) {
      database.catalogNow();
    }
  }

  /** Whether a catalog has what a transaction of this session changed: no other stands for it. */
  boolean isSeen(Catalog catalog) {
    return seen.containsKey(catalog);
  }

  /** The snapshot that a session was asked over; any other catalog itself. */
  Catalog base(Catalog catalog) {
    return seen.getOrDefault(catalog, catalog);
  }

  private @Nullable Within within() {
    Within now = within;
    if (now != null && now.state != memory.catalogState()) {
      within = null;
      return null;
    }
    return now;
  }

  private Catalog over(Catalog base) {
    Within now = within();
    return now != null && now.base == base ? now.catalog : base;
  }

  /**
   * From now on goes by the catalog at hand, as if all happened at this moment, and waits for none.
   *
   * @return false where none is at hand, or not for what the open transaction sees
   */
  boolean hold() {
    held = within() == null ? database.catalogAtHand() : null;
    return held != null;
  }

  /** May wait again. */
  void release() {
    held = null;
  }

  /** Whether it goes by what it holds. */
  boolean isHeld() {
    return held != null;
  }

  private Catalog newest() {
    Catalog now = held;
    return now == null ? database.catalog() : now;
  }

  /** The newest catalog that is known. */
  Catalog catalog() {
    return over(newest());
  }

  /**
   * The catalog as it is now, whatever was known.
   *
   * @throws WouldWaitException where nothing may wait
   */
  Catalog catalogNow() {
    if (held != null) {
      throw WouldWaitException.only();
    }
    return over(database.catalogNow());
  }

  /**
   * Whether all that a statement was decided by is now as it was, so that nobody waits for what
   * else has changed; false in doubt.
   *
   * @throws WouldWaitException where nothing may wait
   */
  boolean stands(TextPlan plan, StatementAnalysis part) {
    if (held != null) {
      throw WouldWaitException.only();
    }
    CatalogPart on = within() == null ? Footing.of(plan, part) : null;
    return on != null && database.holds(plan.perspective().catalog(), on);
  }

  /** The catalog as it was when the session's own question saw that snapshot; null if unknown. */
  @Nullable Catalog catalogAt(String snapshot, long own) {
    Catalog base = database.catalogAt(snapshot, own);
    return base == null ? null : over(base);
  }

  /** What of it is still in doubt, seen over that catalog. */
  Unseen unseen(Catalog catalog) {
    Within now = within();
    return memory.unseen(now != null && now.catalog == catalog);
  }

  /**
   * What a principal may not see.
   *
   * @throws WouldWaitException where it has to be found out, and nothing may wait
   */
  Protections protections(Catalog snapshot, Policy policy, Principal principal) {
    if (held != null) {
      Protections known = database.knownProtections(snapshot, policy, principal);
      if (known == null) {
        throw WouldWaitException.only();
      }
      return known;
    }
    Within now = within;
    return now != null && now.catalog == snapshot
        ? now.clearances.of(snapshot, policy, policy.classesHiddenFrom(principal))
        : database.protections(snapshot, policy, principal);
  }

  /**
   * The plan of a text, read and ruled on at most once for each perspective.
   *
   * @throws WouldWaitException where it has to be read, and nothing may wait
   */
  TextPlan plan(String text, Perspective perspective) {
    if (held != null) {
      TextPlan known = database.known(text, perspective);
      if (known == null) {
        throw WouldWaitException.only();
      }
      return known;
    }
    Within now = within;
    return now != null && now.catalog == perspective.catalog()
        ? now.plans.plan(text, perspective)
        : database.plan(text, perspective);
  }

  /** A prepared statement, from its own text, as the current catalog has it. */
  StatementAnalysis judgeAnew(
      StatementAnalysis prepared,
      Policy policy,
      Around around,
      Principal principal,
      SessionObjects objects) {
    Catalog now = catalog();
    Perspective perspective =
        new Perspective(
            now,
            policy,
            principal,
            around.goingOn(policy, true),
            protections(now, policy, principal),
            memory.path(),
            objects,
            Map.of(),
            Unseen.NOTHING);
    List<StatementAnalysis> parts = plan(prepared.text(), perspective).parts();
    return parts.size() == 1 ? parts.get(0) : prepared;
  }

  /** Whether the catalog was looked at since then, by {@link System#nanoTime}. */
  boolean lookedSince(long nanoTime) {
    return database.lookedSince(nanoTime);
  }

  /** A transaction that changed no catalog. */
  void changedNothing(long transaction) {
    database.changedNothing(transaction);
  }
}
