package io.pgguard.proxy.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts logins that failed, by address, so that nobody tries one password after the other. What
 * counts is the address alone: whether a name exists shows in nothing, and a stranger locks out
 * nobody but himself. Thread-safe.
 */
public final class FailedLogins {
  /** Addresses that are known at a time; the one that was heard of longest ago is forgotten. */
  private static final int MOST = 10_000;

  /** One line of an IPv6 provider has this many bytes of its address in common. */
  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final long withinNanos;
  private final LongSupplier ticks;
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST;
        }
      };

  private static final class Count {
    private long since;
    private int failed;

    Count(long since) {
      this.since = since;
    }
  }

  /**
   * @param most how many may fail within the time
   * @param ticks nanoseconds of a clock that never goes back
   */
  public FailedLogins(int most, Duration within, LongSupplier ticks) {
    this.most = most;
    this.withinNanos = within.toNanos();
    this.ticks = ticks;
  }

  /** A login from an address has failed. */
  public synchronized void failed(InetAddress address) {
    long now = ticks.getAsLong();
    Count count = counts.computeIfAbsent(key(address), key -> new Count(now));
    if (now - count.since >= withinNanos) {
      count.since = now;
      count.failed = 0;
    }
    count.failed++;
  }

  /** How long an address has to wait before it is heard again; empty where it has not. */
  public synchronized Optional<Duration> wait(InetAddress address) {
    Count count = counts.get(key(address));
    if (count == null || count.failed < most) {
      return Optional.empty();
    }
    long left = withinNanos - (ticks.getAsLong() - count.since);
    return left <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(left));
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? "6" + Arrays.toString(Arrays.copyOf(bytes, NETWORK_BYTES))
        : "4" + Arrays.toString(bytes);
  }
}
