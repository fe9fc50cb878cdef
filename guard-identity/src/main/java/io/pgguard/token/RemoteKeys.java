package io.pgguard.token;

import com.nimbusds.jose.jwk.JWK;
import io.pgguard.identity.KeysUnavailableException;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that a provider publishes. They are asked for again every few minutes, in the background,
 * and when a token names one that is not known, so that a rotation is noticed at once; how often is
 * bounded, since strangers choose the names. While the provider does not answer, known keys go on
 * serving for a bounded time. Thread-safe.
 */
final class RemoteKeys implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

  private final String issuer;
  private final Provided provided;
  private final Times times;
  private final Executor background;
  private final LongSupplier ticks;
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile @Nullable Known known;
  private volatile long tried;

  /** How many more questions may be asked at once, and since when that holds. Under the lock. */
  private double allowance;

  private long countedAt;

  /** Asks the provider. */
  @FunctionalInterface
  interface Provided {
    KeySet ask() throws IOException;
  }

  /**
   * How often the provider is asked, and how long its word holds.
   *
   * @param refresh how old keys are when they are asked for anew
   * @param kept how old they may become while the provider does not answer
   * @param burst how many questions may follow one another at once
   * @param each how long it takes until there may be one more
   */
  record Times(Duration refresh, Duration kept, int burst, Duration each) {}

  private record Known(KeySet keys, long since) {}

  /** The question that failed last, and when it was over. Under the lock. */
  private @Nullable Failure failure;

  private record Failure(KeysUnavailableException why, long at) {}

  /**
   * @param ticks nanoseconds of a clock that never goes back
   */
  RemoteKeys(
      String issuer, Provided provided, Times times, Executor background, LongSupplier ticks) {
    this.issuer = issuer;
    this.provided = provided;
    this.times = times;
    this.background = background;
    this.ticks = ticks;
    this.allowance = times.burst();
    this.countedAt = ticks.getAsLong();
    this.tried = countedAt - times.each().toNanos();
  }

  @Override
  public void warmUp() {
    refresh();
  }

  @Override
  public List<JWK> known(String keyId) {
    Known now = fresh(ticks.getAsLong());
    return now == null ? List.of() : now.keys().find(keyId);
  }

  /** What is known and still holds; asks for it anew in the background when it is old. */
  private @Nullable Known fresh(long time) {
    Known now = known;
    if (now == null) {
      return null;
    }
    long age = time - now.since();
    if (age > times.refresh().toNanos() && time - tried > times.each().toNanos()) {
      refresh();
    }
    return age > times.kept().toNanos() ? null : now;
  }

  private void refresh() {
    if (refreshing.compareAndSet(false, true)) {
      background.execute(
          () -> {
            try {
              ask(ticks.getAsLong());
            } catch (KeysUnavailableException e) {
              LOG.warn("{}", e.getMessage());
            } finally {
              refreshing.set(false);
            }
          });
    }
  }

  @Override
  public List<JWK> find(String keyId) throws TokenRefusedException {
    long arrived = ticks.getAsLong();
    Known now = fresh(arrived);
    List<JWK> found = now == null ? List.of() : now.keys().find(keyId);
    if (found.isEmpty()) {
      found = ask(arrived).keys().find(keyId);
    }
    if (found.isEmpty()) {
      throw CompactToken.no(TokenProblem.UNKNOWN_KEY, "its issuer has no such key");
    }
    return found;
  }

  /** What the provider says, asked after that moment by this or another thread. */
  private Known ask(long arrived) throws KeysUnavailableException {
    asking.lock();
    try {
      Known now = known;
      if (now != null && now.since() - arrived > 0) {
        return now;
      }
      Failure failed = failure;
      if (failed != null && failed.at() - arrived > 0) {
        // Each who waited would else wait once more for a provider that does not answer.
        throw new KeysUnavailableException(String.valueOf(failed.why().getMessage()), failed.why());
      }
      long time = ticks.getAsLong();
      allow(time);
      tried = time;
      Known asked = new Known(answered(), ticks.getAsLong());
      known = asked;
      return asked;
    } finally {
      asking.unlock();
    }
  }

  private KeySet answered() throws KeysUnavailableException {
    try {
      return askTwice();
    } catch (KeysUnavailableException e) {
      failure = new Failure(e, ticks.getAsLong());
      throw e;
    }
  }

  private void allow(long time) throws KeysUnavailableException {
    double more = (double) (time - countedAt) / times.each().toNanos();
    allowance = Math.min(times.burst(), allowance + more);
    countedAt = time;
    if (allowance < 1) {
      throw new KeysUnavailableException(
          "the keys of "
              + issuer
              + " were asked for too often just now; one more question may be asked in "
              + times.each());
    }
    allowance--;
  }

  /** One failure may be the network's; two are told. */
  private KeySet askTwice() throws KeysUnavailableException {
    try {
      return provided.ask();
    } catch (IOException first) {
      try {
        return provided.ask();
      } catch (IOException e) {
        e.addSuppressed(first);
        throw new KeysUnavailableException(
            "the keys of " + issuer + " cannot be had: " + e.getMessage(), e);
      }
    }
  }
}
