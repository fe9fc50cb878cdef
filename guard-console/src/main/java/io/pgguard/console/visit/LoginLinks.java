package io.pgguard.console.visit;

import io.pgguard.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Links that log one person in, once, within a short time. Only their hashes are kept. Thread-safe.
 */
public final class LoginLinks {
  /** How long one can be used. */
  public static final Duration HOLD = Duration.ofMinutes(15);

  /** How many wait to be used; of more the oldest is over. */
  private static final int MOST = 100;

  private final InstantSource clock;
  private final Map<String, Invited> waiting = new LinkedHashMap<>();

  public LoginLinks(InstantSource clock) {
    this.clock = clock;
  }

  /** Who logs in with a link, with which roles, until when. */
  public record Invited(Principal principal, Set<Role> roles, Instant end) {
    public Invited {
      roles = Set.copyOf(roles);
    }
  }

  /** Makes the key of one. */
  public synchronized String make(Principal principal, Set<Role> roles) {
    Instant now = clock.instant();
    waiting.values().removeIf(one -> !now.isBefore(one.end()));
    if (waiting.size() >= MOST) {
      waiting.remove(waiting.keySet().iterator().next());
    }
    String key = Secrets.fresh();
    waiting.put(Secrets.kept(key), new Invited(principal, roles, now.plus(HOLD)));
    return key;
  }

  /** Uses one: the first with its key gets the person, and nobody after that. */
  public synchronized Optional<Invited> use(String key) {
    return Optional.ofNullable(waiting.remove(Secrets.kept(key)))
        .filter(one -> clock.instant().isBefore(one.end()));
  }
}
