package io.pgguard.judge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pgguard.catalog.Catalog;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What principals of each clearance may not see of the newest snapshot: those from whom the same is
 * hidden share it. Thread-safe.
 */
public final class Clearances {
  private static final int MOST = 256;

  private final Analyzers lineage;
  private final AtomicReference<@Nullable OfSnapshot> newest = new AtomicReference<>();
  private final Cache<Clearance, RememberedMarks> marks =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** Compared by the snapshot itself: no number made of it can stand for it. */
  private record OfSnapshot(Catalog catalog, Cache<Clearance, Protections> known) {}

  private record Clearance(String policyHash, List<SensitiveClass> hidden) {}

  /**
   * @param lineage follows columns through views
   */
  public Clearances(Analyzers lineage) {
    this.lineage = lineage;
  }

  /** The same where it is known; null where it has to be found out. */
  public @Nullable Protections known(Catalog snapshot, Policy policy, List<SensitiveClass> hidden) {
    OfSnapshot of = newest.get();
    return of == null || of.catalog() != snapshot
        ? null
        : of.known().getIfPresent(new Clearance(policy.hash(), hidden));
  }

  /** What is hidden by a policy where these classes are. */
  public Protections of(Catalog snapshot, Policy policy, List<SensitiveClass> hidden) {
    OfSnapshot of = newest.get();
    if (of == null || of.catalog() != snapshot) {
      of = new OfSnapshot(snapshot, Caffeine.newBuilder().maximumSize(MOST).build());
      newest.set(of);
    }
    return of.known()
        .get(
            new Clearance(policy.hash(), hidden),
            key -> {
              RememberedMarks remembered = marks.get(key, k -> new RememberedMarks(hidden));
              remembered.forgetAbsent(snapshot);
              return Protections.of(
                  snapshot, lineage.of(snapshot, policy), policy, hidden, remembered);
            });
  }
}
