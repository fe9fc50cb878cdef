package io.pgguard.console.visit;

import io.pgguard.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The logins that hold. A login always gets a new secret, so that nobody can have laid one out
 * before; only its hash is kept. Thread-safe.
 */
public final class Visits {
  /** How long a login holds without being used. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** How long a login holds at most. */
  public static final Duration LONGEST = Duration.ofHours(8);

  /** How many logins hold at a time; the oldest of more ends. */
  public static final int MOST = 1_000;

  private final InstantSource clock;
  private final Predicate<Principal> revoked;
  private final Map<String, Visit> bySecret = new LinkedHashMap<>();

  /**
   * @param revoked whose logins hold no longer
   */
  public Visits(InstantSource clock, Predicate<Principal> revoked) {
    this.clock = clock;
    this.revoked = revoked;
  }

  /** A login and the secret that its browser gets. */
  public record Begun(Visit visit, String secret) {}

  /** Somebody logs in. */
  public synchronized Begun begin(Principal principal, Set<Role> roles) {
    Instant now = clock.instant();
    bySecret.values().removeIf(visit -> ends(visit, now));
    if (bySecret.size() >= MOST) {
      Visit oldest = bySecret.remove(bySecret.keySet().iterator().next());
      if (oldest != null) {
        oldest.end();
      }
    }
    String secret = Secrets.fresh();
    Visit visit = new Visit(principal, roles, now);
    bySecret.put(Secrets.kept(secret), visit);
    return new Begun(visit, secret);
  }

  /** The login of a secret, as long as it holds. */
  public synchronized Optional<Visit> find(@Nullable String secret) {
    if (secret == null) {
      return Optional.empty();
    }
    String kept = Secrets.kept(secret);
    Visit visit = bySecret.get(kept);
    Instant now = clock.instant();
    if (visit == null || ends(visit, now)) {
      bySecret.remove(kept);
      return Optional.empty();
    }
    visit.seen(now);
    return Optional.of(visit);
  }

  private boolean ends(Visit visit, Instant now) {
    if (now.isAfter(visit.begun().plus(LONGEST))
        || now.isAfter(visit.lastSeen().plus(IDLE))
        || revoked.test(visit.principal())) {
      visit.end();
    }
    return visit.isOver();
  }

  /** Whether it still holds; being asked does not make it hold longer. */
  public synchronized boolean holds(Visit visit) {
    return !ends(visit, clock.instant());
  }

  /** Somebody logs out. */
  public synchronized void end(@Nullable String secret) {
    Visit visit = secret == null ? null : bySecret.remove(Secrets.kept(secret));
    if (visit != null) {
      visit.end();
    }
  }
}
