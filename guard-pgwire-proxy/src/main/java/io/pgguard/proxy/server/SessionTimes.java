package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.ProxyLimits;
import io.pgguard.policy.Durations;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a session may last, and lie idle. One timer a session: a statement moves a mark and sets
 * no timer. Used by its loop.
 */
final class SessionTimes {
  /** How long a session whose token has expired waits for a fresh one. */
  private static final Duration LEFT_TO_RENEW = Duration.ofMinutes(5);

  private final EventLoop loop;
  private final ProxyLimits limits;
  private final BooleanSupplier idle;
  private final Consumer<Said> end;
  private long lastHeard;
  private @Nullable Future<?> idleTimer;
  private @Nullable Future<?> endTimer;
  private @Nullable Future<?> momentTimer;
  private boolean over;
  private boolean draining;

  /**
   * @param idle whether nothing runs and no transaction is open
   * @param end ends the session
   */
  SessionTimes(EventLoop loop, ProxyLimits limits, BooleanSupplier idle, Consumer<Said> end) {
    this.loop = loop;
    this.limits = limits;
    this.idle = idle;
    this.end = end;
  }

  void begin() {
    heard();
    Duration most = limits.idleTime();
    if (most != null) {
      look(most, most.toNanos());
    }
    Duration whole = limits.sessionTime();
    if (whole != null) {
      endTimer =
          loop.schedule(
              () -> {
                over = true;
                quiet();
              },
              whole.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /** One of the ends has said something. */
  void heard() {
    lastHeard = loop.ticker().nanoTime();
  }

  private void look(Duration most, long inNanos) {
    idleTimer =
        loop.schedule(
            () -> {
              long left = most.toNanos() - (loop.ticker().nanoTime() - lastHeard);
              if (left <= 0 && idle.getAsBoolean()) {
                end.accept(ConnectWording.IDLE.say(Durations.text(most)));
              } else {
                look(most, left <= 0 ? most.toNanos() : left);
              }
            },
            inNanos,
            TimeUnit.NANOSECONDS);
  }

  /**
   * Ends the session some time after what proves who asks is over. Nothing runs in between; a fresh
   * proof may be presented.
   *
   * @param expires when it is over as things stand, or null for never
   */
  void endUnlessRenewed(Supplier<@Nullable Instant> expires) {
    Instant over = expires.get();
    if (over == null) {
      return;
    }
    Duration left = Duration.between(Instant.now(), over.plus(LEFT_TO_RENEW));
    if (left.isNegative()) {
      end.accept(ConnectWording.TOKEN_EXPIRED.say());
      return;
    }
    momentTimer =
        loop.schedule(() -> endUnlessRenewed(expires), left.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  /** Ends it as soon as nothing runs and no transaction is open. */
  void drain() {
    draining = true;
    quiet();
  }

  /** Nothing may run at the moment: what has lasted long enough, or is drained, ends. */
  void quiet() {
    if (draining && idle.getAsBoolean()) {
      end.accept(ConnectWording.SHUTDOWN.say());
      return;
    }
    Duration whole = limits.sessionTime();
    if (over && whole != null && idle.getAsBoolean()) {
      over = false;
      end.accept(ConnectWording.SESSION_OVER.say(Durations.text(whole)));
    }
  }

  void stop() {
    cancel(idleTimer);
    cancel(endTimer);
    cancel(momentTimer);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
