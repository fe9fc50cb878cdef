package io.pgguard.proxy.server;

import io.pgguard.ProxyLimits;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts sessions and openings against their limits. Thread-safe. */
final class Places {
  private final ProxyLimits limits;
  private final Map<String, Integer> byPrincipal = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int sessions;
  private int openings;

  Places(ProxyLimits limits) {
    this.limits = limits;
  }

  /** One place that is taken until it is given back, once. */
  final class Place implements AutoCloseable {
    private final @Nullable String principal;
    private final @Nullable String address;
    private final AtomicBoolean given = new AtomicBoolean();

    private Place(@Nullable String principal, @Nullable String address) {
      this.principal = principal;
      this.address = address;
    }

    @Override
    public void close() {
      if (given.compareAndSet(false, true)) {
        giveBack(principal, address);
      }
    }
  }

  /** A place for a connection that has not logged in, or empty where there is none. */
  synchronized Optional<Place> opening() {
    if (openings >= limits.openings()) {
      return Optional.empty();
    }
    openings++;
    return Optional.of(new Place(null, null));
  }

  /** A place for a session, or which limit it is over. */
  synchronized Answer session(String principal, String address) {
    if (sessions >= limits.sessions()) {
      return new Answer.Full(ConnectWording.TOO_MANY.say());
    }
    if (byPrincipal.getOrDefault(principal, 0) >= limits.sessionsPerPrincipal()) {
      return new Answer.Full(ConnectWording.TOO_MANY_OF_ONE.say(principal));
    }
    if (byAddress.getOrDefault(address, 0) >= limits.sessionsPerAddress()) {
      return new Answer.Full(ConnectWording.TOO_MANY_FROM_ONE.say());
    }
    sessions++;
    byPrincipal.merge(principal, 1, Integer::sum);
    byAddress.merge(address, 1, Integer::sum);
    return new Answer.Taken(new Place(principal, address));
  }

  /** Whether there is a place. */
  sealed interface Answer {
    /** There is one. */
    record Taken(Place place) implements Answer {}

    /**
     * There is none.
     *
     * @param why what the client is told
     */
    record Full(Said why) implements Answer {}
  }

  synchronized int sessions() {
    return sessions;
  }

  synchronized int openings() {
    return openings;
  }

  private synchronized void giveBack(@Nullable String principal, @Nullable String address) {
    if (principal == null || address == null) {
      openings--;
      return;
    }
    sessions--;
    less(byPrincipal, principal);
    less(byAddress, address);
  }

  private static void less(Map<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }
}
