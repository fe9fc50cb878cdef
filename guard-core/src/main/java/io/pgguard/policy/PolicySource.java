package io.pgguard.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a file, read anew when its content changes. A policy that does not load changes
 * nothing: the last good one stays, and the error is told. Replacing the file by renaming another
 * over it works, since the file is looked up by name each time. Thread-safe.
 */
public final class PolicySource implements AutoCloseable {
  /** How long a policy counts as fresh. */
  public static final Duration FRESH = Duration.ofSeconds(1);

  /** Hears of every change. Called by one thread at a time, and must not call back. */
  public interface Listener {
    /** A new policy is in force. */
    void loaded(Policy policy);

    /** The file does not load; the policy before stays in force. Told once for each content. */
    void failed(PolicyException error, Policy inForce);
  }

  /** A listener that hears nothing. */
  public static final Listener SILENT =
      new Listener() {
        @Override
        public void loaded(Policy policy) {}

        @Override
        public void failed(PolicyException error, Policy inForce) {}
      };

  private final Path file;
  private final Listener listener;
  private final LongSupplier nanoTime;
  private final AtomicLong checked;
  private final Object checking = new Object();
  private @Nullable ScheduledExecutorService timer;
  private String seen;
  private volatile Policy policy;
  private volatile @Nullable PolicyException lastError;

  private PolicySource(Path file, Listener listener, LongSupplier nanoTime, Policy policy) {
    this.file = file;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.policy = policy;
    this.seen = policy.hash();
    this.checked = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Reads a file and watches it from then on, with a timer of its own.
   *
   * @throws PolicyException when the first reading fails: there is no last good policy then
   */
  public static PolicySource watch(Path file, Listener listener) throws PolicyException {
    PolicySource source = open(file, listener, System::nanoTime);
    source.startTimer();
    return source;
  }

  /** Reads a file and looks at it again only when asked, by this clock. */
  static PolicySource open(Path file, Listener listener, LongSupplier nanoTime)
      throws PolicyException {
    Objects.requireNonNull(listener, "listener");
    return new PolicySource(file, listener, nanoTime, PolicyReader.read(file));
  }

  /** The policy in force: at most {@link #FRESH} old, or the last good one. */
  public Policy current() {
    long last = checked.get();
    long now = nanoTime.getAsLong();
    if (now - last >= FRESH.toNanos() && checked.compareAndSet(last, now)) {
      check();
    }
    return policy;
  }

  /**
   * Whether {@link #current} answers without a look at the file, now and for a moment. While a
   * timer looks it nearly always does.
   */
  public boolean isFresh() {
    return nanoTime.getAsLong() - checked.get() < FRESH.toNanos() * 3 / 4;
  }

  /**
   * The policy in force as it was last looked at: what {@link #current} answers, without asking for
   * the time. For each row of a result.
   */
  public Policy latest() {
    return policy;
  }

  /** What is wrong with the file as it now stands, if anything is. */
  public Optional<PolicyException> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** Looks at the file now. */
  public void check() {
    synchronized (checking) {
      byte[] bytes;
      try {
        bytes = PolicyReader.bytes(file);
      } catch (PolicyException unreadable) {
        fail(unreadable, "unreadable: " + unreadable.getMessage());
        return;
      }
      String hash = PolicyReader.hash(bytes);
      if (hash.equals(seen)) {
        return;
      }
      try {
        Policy read = PolicyReader.read(bytes, file.toString());
        seen = hash;
        lastError = null;
        boolean changed = !read.hash().equals(policy.hash());
        policy = read;
        if (changed) {
          listener.loaded(read);
        }
      } catch (PolicyException invalid) {
        fail(invalid, hash);
      }
    }
  }

  private void fail(PolicyException error, String what) {
    if (!what.equals(seen)) {
      seen = what;
      lastError = error;
      listener.failed(error, policy);
    }
  }

  /** Twice as often as a look grows old, so that no one else has to. */
  private void look() {
    checked.set(nanoTime.getAsLong());
    check();
  }

  private void startTimer() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "guard-policy");
              thread.setDaemon(true);
              return thread;
            });
    timer = started;
    var unused =
        started.scheduleWithFixedDelay(
            this::look, FRESH.toMillis() / 2, FRESH.toMillis() / 2, TimeUnit.MILLISECONDS);
  }

  /** Stops watching; the policy in force stays. */
  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
