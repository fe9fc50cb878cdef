package io.pgguard.guess;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Counts guesses in this process: they are forgotten when it ends. Constants are kept as hashes
 * under a key that nobody has, so that no memory image tells what was guessed. Thread-safe.
 */
public final class GuessesInMemory implements Guesses {
  private static final String ALGORITHM = "HmacSHA256";

  /** So often a look for columns whose guesses are all forgotten. */
  private static final int LOOK_EVERY = 4_096;

  private final SecretKeySpec key;
  private final Map<Column, Window> windows = new HashMap<>();
  private int counts;

  /** Counts from nothing. */
  public GuessesInMemory() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  private record Column(String principal, String column, Guess.Use use) {}

  private record Constant(long high, long low) {}

  /** The constants of one column, the oldest first, with when each was guessed. */
  private static final class Window {
    final LinkedHashMap<Constant, Instant> guessed = new LinkedHashMap<>();
    Duration per = Duration.ZERO;

    void forget(Instant now) {
      Iterator<Instant> times = guessed.values().iterator();
      while (times.hasNext() && !times.next().plus(per).isAfter(now)) {
        times.remove();
      }
    }
  }

  @Override
  public synchronized Count count(
      String principal, List<Guess> guesses, Budget budget, Instant now) {
    if (++counts % LOOK_EVERY == 0) {
      forget(now);
    }
    Map<Column, Set<Constant>> fresh = new LinkedHashMap<>();
    Map<Column, Guess> shown = new HashMap<>();
    Mac mac = mac();
    for (Guess guess : guesses) {
      Column column = new Column(principal, guess.column(), guess.use());
      shown.putIfAbsent(column, guess);
      Set<Constant> ofColumn = fresh.computeIfAbsent(column, c -> new HashSet<>());
      Constant constant = hash(mac, guess.constant());
      if (!window(column, budget, now).guessed.containsKey(constant)) {
        ofColumn.add(constant);
      }
    }
    Count nearest = nearest(fresh, shown, budget);
    if (nearest instanceof Count.Within) {
      fresh.forEach(
          (column, constants) ->
              constants.forEach(one -> window(column, budget, now).guessed.put(one, now)));
    }
    return nearest;
  }

  private Count nearest(Map<Column, Set<Constant>> fresh, Map<Column, Guess> shown, Budget budget) {
    Count.Within nearest = null;
    for (Map.Entry<Column, Set<Constant>> entry : fresh.entrySet()) {
      Guess guess = shown.get(entry.getKey());
      Window window = windows.get(entry.getKey());
      if (guess == null || window == null) {
        throw new IllegalStateException("a column without its window");
      }
      int taken = window.guessed.size() + entry.getValue().size();
      if (taken > budget.atMost() && !entry.getValue().isEmpty()) {
        return new Count.Over(guess, taken, room(window));
      }
      if (nearest == null || taken > nearest.taken()) {
        nearest = new Count.Within(guess, taken);
      }
    }
    if (nearest == null) {
      throw new IllegalArgumentException("there is no guess to count");
    }
    return nearest;
  }

  private static Instant room(Window window) {
    Iterator<Instant> times = window.guessed.values().iterator();
    return times.hasNext() ? times.next().plus(window.per) : Instant.MAX;
  }

  private Window window(Column column, Budget budget, Instant now) {
    Window window = windows.computeIfAbsent(column, c -> new Window());
    window.per = budget.per();
    window.forget(now);
    return window;
  }

  private void forget(Instant now) {
    windows
        .values()
        .removeIf(
            window -> {
              window.forget(now);
              return window.guessed.isEmpty();
            });
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM + ", which it must have", e);
    }
  }

  private static Constant hash(Mac mac, String constant) {
    ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(constant.getBytes(StandardCharsets.UTF_8)));
    return new Constant(digest.getLong(), digest.getLong());
  }
}
