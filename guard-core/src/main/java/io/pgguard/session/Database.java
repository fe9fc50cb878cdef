package io.pgguard.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.LiveCatalog;
import io.pgguard.identity.Principal;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What sessions on one database share: its catalog, the plans of texts, and Guard's own way to it.
 * Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final int PLANS = 20_000;
  private static final long PLANNED_CHARACTERS = 64L << 20;
  private static final int CLEARANCES = 256;
  private static final long REFRESH_FOR_NAMES_MILLIS = 1_000;

  private final DatabaseAccess access;
  private final LiveCatalog catalog;
  private final TextAnalyzer analyzer = new TextAnalyzer(new StatementJudge(this));
  private final AtomicReference<Analyzers> lineage = new AtomicReference<>();
  private final AtomicReference<Long> refreshedForNames = new AtomicReference<>(0L);
  private final Cache<Clearance, Protections> protections =
      Caffeine.newBuilder().maximumSize(CLEARANCES).build();
  private final Cache<PlanKey, TextPlan> plans =
      Caffeine.newBuilder()
          .maximumWeight(PLANNED_CHARACTERS)
          .weigher(
              (PlanKey key, TextPlan plan) -> PLANNED_CHARACTERS_PER_PLAN + key.text().length() * 4)
          .build();

  /** What a plan weighs beside its text. */
  private static final int PLANNED_CHARACTERS_PER_PLAN = (int) (PLANNED_CHARACTERS / PLANS);

  private record Clearance(
      long catalogFingerprint, String policyHash, List<SensitiveClass> hidden) {}

  private record Analyzers(Catalog catalog, LineageAnalyzer analyzer) {}

  Database(DatabaseAccess access, Duration refresh) {
    this.access = access;
    this.catalog = new LiveCatalog(access::connect, refresh, refresh.multipliedBy(10));
  }

  DatabaseAccess access() {
    return access;
  }

  Catalog catalog() {
    return catalog.current();
  }

  /** DDL went through, or its transaction was committed. */
  void changed() {
    catalog.staleAfterDdl();
  }

  /**
   * A text or result names what the snapshot does not hold: looks again, but not for every misspelt
   * name.
   *
   * @return whether the catalog is another one now
   */
  boolean lookAgain(Catalog seen) {
    long now = System.nanoTime() / 1_000_000;
    long last = refreshedForNames.get();
    if (last != 0 && now - last < REFRESH_FOR_NAMES_MILLIS) {
      return catalog.current() != seen;
    }
    refreshedForNames.set(now);
    return catalog.refresh() != seen;
  }

  LineageAnalyzer lineage(Catalog snapshot) {
    Analyzers known = lineage.get();
    if (known == null || known.catalog() != snapshot) {
      known = new Analyzers(snapshot, new LineageAnalyzer(snapshot));
      lineage.set(known);
    }
    return known.analyzer();
  }

  /** What a principal may not see; the same for all of one clearance. */
  Protections protections(Catalog snapshot, Policy policy, Principal principal) {
    List<SensitiveClass> hidden = policy.classesHiddenFrom(principal);
    return protections.get(
        new Clearance(snapshot.fingerprint(), policy.hash(), hidden),
        key -> Protections.of(snapshot, lineage(snapshot), policy, hidden));
  }

  /** The plan of a text, read and ruled on at most once for each perspective. */
  TextPlan plan(String text, Perspective perspective) {
    PlanKey key = perspective.key(text);
    TextPlan plan = plans.getIfPresent(key);
    if (plan == null) {
      plan = analyzer.plan(text, perspective);
      plans.put(key, plan);
    }
    return plan;
  }

  PlannerFigures.Figures figures(String text, boolean parameters, Catalog snapshot) {
    return PlannerFigures.ask(access, text, parameters, snapshot.serverVersion());
  }

  /** The setting search_path as new connections of this user find it. */
  String defaultSearchPath() {
    StringBuilder path = new StringBuilder();
    try (CatalogQueries queries = access.connect()) {
      queries.forEachRow("SHOW search_path", row -> path.append(row.required(0)));
    }
    return path.toString();
  }

  @Override
  public void close() {
    catalog.close();
    access.close();
  }
}
