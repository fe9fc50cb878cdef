package io.pgguard.catalog;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the newest snapshot of one database's catalog and keeps it fresh: by a timer, at once after
 * DDL that passed through Guard, and whenever somebody needs to know that it still holds. While
 * nothing was committed on the server a check costs one small query; else only what has changed is
 * read, so the snapshot stays the same object while nothing changes. Thread-safe.
 *
 * <p>What a transaction changes does not show before it commits.
 */
public final class LiveCatalog implements AutoCloseable {
  /** How often the catalog is checked unless told otherwise. */
  public static final Duration PERIOD = Duration.ofSeconds(30);

  /** How long a snapshot serves without a successful check unless told otherwise. */
  public static final Duration MAX_AGE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(LiveCatalog.class);

  /** A snapshot, the last request that it answers, and when it was last known to be true. */
  private record Held(CatalogReading reading, long answers, long checkedAt) {
    Catalog catalog() {
      return reading.catalog();
    }
  }

  /** A read that failed, and the last request that it failed. */
  private record Failed(CatalogUnavailableException cause, long answers) {}

  private final CatalogReader reader = new CatalogReader();
  private final Supplier<? extends CatalogQueries> connections;
  private final long maxAge;
  private final LongSupplier nanoTime;
  private final CatalogTimer timer;
  private final ReentrantLock reading = new ReentrantLock();
  private final HarmlessTransactions harmless = new HarmlessTransactions();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong required = new AtomicLong();
  private volatile @Nullable Held held;
  private volatile @Nullable Failed failed;
  private volatile boolean closed;

  /**
   * Checks every {@link #PERIOD}.
   *
   * @param connections gives a connection of Guard's own for each check and read
   */
  public LiveCatalog(Supplier<? extends CatalogQueries> connections) {
    this(connections, PERIOD, MAX_AGE);
  }

  /**
   * @param connections gives a connection of Guard's own for each check and read, and is closed
   *     after it
   * @param period how often to check; positive
   * @param maxAge how long a snapshot serves without a successful check; at least the period
   * @throws IllegalArgumentException if a duration is out of its bounds
   */
  public LiveCatalog(
      Supplier<? extends CatalogQueries> connections, Duration period, Duration maxAge) {
    this(connections, period, maxAge, System::nanoTime);
  }

  LiveCatalog(
      Supplier<? extends CatalogQueries> connections,
      Duration period,
      Duration maxAge,
      LongSupplier nanoTime) {
    if (period.isNegative() || period.isZero() || maxAge.compareTo(period) < 0) {
      throw new IllegalArgumentException(
          "the catalog's period must be positive and its greatest age no less than it, not "
              + period
              + " and "
              + maxAge);
    }
    this.connections = connections;
    this.maxAge = maxAge.toNanos();
    this.nanoTime = nanoTime;
    timer = new CatalogTimer(period, this::tick);
  }

  /**
   * The snapshot to decide by. Answers at once while the one at hand is good; reads (and so blocks)
   * where there is none yet, DDL has passed since, or it is too old.
   *
   * @throws CatalogUnavailableException if there is no good snapshot and none can be read
   */
  public Catalog current() {
    Held now = held;
    return now != null && good(now)
        ? now.catalog()
        : answer(required.get(), requests.incrementAndGet());
  }

  /** What {@link #current} answers where it does so without asking; null else. Never blocks. */
  public @Nullable Catalog atHand() {
    Held now = held;
    return now != null && good(now) ? now.catalog() : null;
  }

  /** Whether {@link #current} would answer without asking the server. */
  public boolean ready() {
    Held now = held;
    return now != null && good(now);
  }

  /**
   * The snapshot at hand where it is the state of the server's catalog at a moment that a session
   * tells of; null where that can only be known by asking. Never blocks.
   *
   * @param seen what {@code pg_current_snapshot()} was then, READ COMMITTED
   * @param own the session's own transaction, what it does itself being known elsewhere; 0 for none
   */
  public @Nullable Catalog at(String seen, long own) {
    Held now = held;
    if (now == null
        || !good(now)
        || !now.catalog().complete()
        || !now.reading().horizon().holdsAt(seen, id -> id == own || harmless.has(id))) {
      return null;
    }
    if (own == 0 && !now.reading().horizon().is(seen) && reading.tryLock()) {
      try {
        advance(now, seen);
      } finally {
        reading.unlock();
      }
    }
    return now.catalog();
  }

  /**
   * A look at what a session's open transaction has changed in a snapshot; null where the snapshot
   * is not the one at hand, or does not tell what has changed since.
   */
  public @Nullable CatalogLook look(Catalog snapshot) {
    Held now = held;
    return now != null && good(now) && now.catalog() == snapshot && snapshot.complete()
        ? new CatalogLook(now.reading())
        : null;
  }

  /** What was looked at one by one need not be looked at again. */
  private void advance(Held before, String seen) {
    if (held == before) {
      held =
          new Held(
              before.reading().upTo(Horizon.of(seen, false)), before.answers(), before.checkedAt());
    }
  }

  /**
   * Whether a part of the catalog is as a snapshot has it, at some moment after this call; false in
   * doubt. That costs one query, which does not grow with the catalog; what others changed is read
   * soon afterwards, and nobody waits for that.
   *
   * @throws CatalogUnavailableException if it cannot be asked
   */
  public boolean holds(Catalog snapshot, CatalogPart part) {
    Held now = held;
    if (now == null || !good(now) || now.catalog() != snapshot || !snapshot.complete()) {
      return false;
    }
    try (CatalogQueries queries = connections.get()) {
      if (!new PartLook(now.reading(), part).isSame(queries)) {
        return false;
      }
    }
    timer.soon();
    return true;
  }

  /** Whether {@link #current} answers at once, by a check that began no earlier than that. */
  public boolean checkedSince(long moment) {
    Held now = held;
    return now != null && good(now) && now.checkedAt() - moment >= 0;
  }

  /** Says that a transaction that ends or has ended changed no catalog. */
  public void changedNothing(long transaction) {
    harmless.add(transaction);
  }

  /**
   * The state of the server's catalog at some moment after this call. Callers at the same time
   * share one read.
   *
   * @throws CatalogUnavailableException if it cannot be read; {@link #current} still serves the
   *     snapshot at hand while that is good
   */
  public Catalog refresh() {
    long request = requests.incrementAndGet();
    return answer(request, request);
  }

  /**
   * Says that DDL has taken effect: the snapshot at hand serves nobody any more. To be called when
   * the server has completed a DDL statement, and again when its transaction has committed.
   */
  public void staleAfterDdl() {
    required.accumulateAndGet(requests.incrementAndGet(), Math::max);
  }

  /** Ends the timer. Afterwards nothing is read any more. */
  @Override
  public void close() {
    closed = true;
    timer.close();
  }

  private boolean good(Held snapshot) {
    return !closed
        && snapshot.answers() >= required.get()
        && nanoTime.getAsLong() - snapshot.checkedAt() <= maxAge;
  }

  private void tick() {
    try {
      refresh();
    } catch (CatalogUnavailableException e) {
      LOG.warn("the catalog could not be checked; the snapshot at hand serves for now", e);
    }
  }

  /**
   * Waits for others' reads, then reads unless one of them will do.
   *
   * @param enough the request that a snapshot must answer
   * @param request this request; a read that began after it and failed speaks for it too
   */
  private Catalog answer(long enough, long request) {
    reading.lock();
    try {
      Held now = held;
      if (now != null && now.answers() >= enough && good(now)) {
        return now.catalog();
      }
      Failed before = failed;
      if (before != null && before.answers() >= request) {
        throw before.cause();
      }
      return read();
    } finally {
      reading.unlock();
    }
  }

  private Catalog read() {
    if (closed) {
      throw new CatalogUnavailableException(
          "the catalog is closed, since Guard is shutting down; open a new session");
    }
    long answers = requests.get();
    long startedAt = nanoTime.getAsLong();
    Held before = held;
    try (CatalogQueries queries = connections.get()) {
      CatalogReading reading = read(before, queries);
      held = new Held(reading, answers, startedAt);
      failed = null;
      return reading.catalog();
    } catch (RuntimeException e) {
      CatalogUnavailableException cause =
          new CatalogUnavailableException(
              "the database's catalog cannot be read, so nothing can be decided: "
                  + e.getMessage()
                  + ". Check that Guard's own connection can log in and read pg_catalog",
              e);
      failed = new Failed(cause, answers);
      throw cause;
    }
  }

  private CatalogReading read(@Nullable Held before, CatalogQueries queries) {
    if (before == null) {
      return reader.readAll(queries);
    }
    boolean changed = before.answers() < required.get();
    return reader.readNow(before.reading(), changed, queries);
  }
}
