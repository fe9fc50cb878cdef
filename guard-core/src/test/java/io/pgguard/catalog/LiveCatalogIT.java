package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveCatalogIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong();
  private volatile String password = POSTGRES.password();
  private String database = "";

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("live");
  }

  @AfterEach
  void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  private CatalogQueries open() {
    opened.incrementAndGet();
    if (password.isEmpty()) {
      throw new IllegalStateException("the server is away");
    }
    return JdbcCatalogQueries.open(POSTGRES.jdbcUrl(database), POSTGRES.user(), password);
  }

  private LiveCatalog live() {
    return new LiveCatalog(this::open, HOUR, HOUR, clock::get);
  }

  @Test
  void current_askedTwice_oneReadServesBoth() {
    try (LiveCatalog live = live()) {
      assertFalse(live.ready());
      Catalog first = live.current();
      assertTrue(live.ready());
      assertSame(first, live.current());
      assertEquals(1, opened.get());
    }
  }

  @Test
  void refresh_nothingChanged_theSnapshotStaysTheSameObject() {
    try (LiveCatalog live = live()) {
      assertSame(live.current(), live.refresh());
      assertEquals(2, opened.get());
    }
  }

  @Test
  void current_afterDdl_showsIt() throws Exception {
    try (LiveCatalog live = live()) {
      Catalog before = live.current();
      POSTGRES.execute(database, "CREATE TABLE fresh (id int)");
      assertSame(before, live.current(), "nobody has said so");
      live.staleAfterDdl();
      assertFalse(live.ready());
      Catalog after = live.current();
      assertNotSame(before, after);
      assertEquals(1, after.relationsNamed("fresh").size());
      assertEquals(2, opened.get());
    }
  }

  @Test
  void current_theServerIsAway_servesUntilDdlOrAgeThenRefuses() {
    try (LiveCatalog live = live()) {
      Catalog before = live.current();
      password = "";
      assertThrows(CatalogUnavailableException.class, live::refresh);
      assertSame(before, live.current(), "still good");
      live.staleAfterDdl();
      CatalogUnavailableException e =
          assertThrows(CatalogUnavailableException.class, live::current);
      assertTrue(String.valueOf(e.getMessage()).contains("the server is away"), e.getMessage());
      password = POSTGRES.password();
      assertSame(before, live.current(), "nothing had changed");
      password = "";
      clock.addAndGet(HOUR.toNanos() + 1);
      assertThrows(CatalogUnavailableException.class, live::current);
      password = POSTGRES.password();
      assertSame(before, live.current());
    }
  }

  @Test
  void current_noSnapshotYetAndNoServer_saysWhatToDo() {
    password = "";
    try (LiveCatalog live = live()) {
      CatalogUnavailableException e =
          assertThrows(CatalogUnavailableException.class, live::current);
      assertTrue(
          String.valueOf(e.getMessage()).contains("Check that Guard's own connection can log in"));
    }
  }

  @Test
  void refresh_byManyAtOnce_theyShareAFewReads() throws Exception {
    int callers = 16;
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (LiveCatalog live =
        new LiveCatalog(
            () -> {
              await(go);
              return open();
            },
            HOUR,
            HOUR)) {
      CountDownLatch asked = new CountDownLatch(callers);
      List<Future<Catalog>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        answers.add(
            threads.submit(
                () -> {
                  asked.countDown();
                  return live.current();
                }));
      }
      assertTrue(asked.await(10, TimeUnit.SECONDS));
      go.countDown();
      Catalog first = answers.get(0).get(10, TimeUnit.SECONDS);
      for (Future<Catalog> answer : answers) {
        assertSame(first, answer.get(10, TimeUnit.SECONDS));
      }
      assertEquals(1, opened.get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refresh_askedDuringARead_isAnsweredByALaterOne() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (LiveCatalog live = new LiveCatalog(() -> new Held(open(), inside, go), HOUR, HOUR)) {
      Future<Catalog> early = threads.submit(live::refresh);
      assertTrue(inside.await(10, TimeUnit.SECONDS));
      POSTGRES.execute(database, "CREATE TABLE late (id int)");
      Future<Catalog> late = threads.submit(live::refresh);
      go.countDown();
      assertEquals(0, early.get(10, TimeUnit.SECONDS).relationsNamed("late").size());
      assertEquals(1, late.get(10, TimeUnit.SECONDS).relationsNamed("late").size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void timer_afterAPeriod_readsWithoutBeingAsked() throws Exception {
    CountDownLatch reads = new CountDownLatch(2);
    try (LiveCatalog live =
        new LiveCatalog(
            () -> {
              reads.countDown();
              return open();
            },
            Duration.ofMillis(5),
            HOUR)) {
      assertTrue(reads.await(30, TimeUnit.SECONDS));
      assertEquals(database, live.current().database());
    }
  }

  @Test
  void incompleteSnapshot_onceTheLockIsGone_isReadAgain() throws Exception {
    POSTGRES.execute(
        database, "CREATE TABLE t (id int)", "CREATE VIEW v AS SELECT id FROM public.t");
    try (LiveCatalog live = live()) {
      try (var connection = POSTGRES.connect(database);
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
        assertFalse(live.current().complete());
        connection.rollback();
      }
      Catalog after = live.refresh();
      assertTrue(after.complete());
      assertTrue(after.relationsNamed("v").get(0).definition() != null);
    }
  }

  @Test
  void close_thenCurrent_isRefused() {
    LiveCatalog live = live();
    live.current();
    live.close();
    assertThrows(CatalogUnavailableException.class, live::current);
  }

  @Test
  void holds_whatAPartRestsOn_isToldBeforeTheRestIsRead() throws Exception {
    POSTGRES.execute(database, "CREATE TABLE rests (id int); CREATE TABLE other (id int)");
    CountDownLatch reads = new CountDownLatch(5);
    LiveCatalog live =
        new LiveCatalog(
            () -> {
              reads.countDown();
              return open();
            },
            HOUR,
            HOUR,
            clock::get);
    try (live) {
      Catalog before = live.current();
      int rests = before.relation("public", "rests").orElseThrow().oid();
      CatalogPart part = new CatalogPart(Set.of(rests), Set.of("rests", "id"));
      POSTGRES.execute(database, "ALTER TABLE rests ADD COLUMN more int");
      assertFalse(live.holds(before, part));
      Catalog now = live.refresh();
      assertFalse(live.holds(before, part)); // another is at hand: nobody is asked
      POSTGRES.execute(database, "ALTER TABLE other ADD COLUMN more int");
      assertTrue(live.holds(now, part));
      await(reads); // by itself
    }
  }

  @Test
  void constructor_aPeriodOfNothing_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new LiveCatalog(this::open, Duration.ZERO, HOUR));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LiveCatalog(this::open, HOUR, Duration.ofMinutes(1)));
  }

  /** Queries that stop after a COMMIT, when their transaction has seen all that it will see. */
  private record Held(CatalogQueries queries, CountDownLatch inside, CountDownLatch go)
      implements CatalogQueries {
    @Override
    public void forEachRow(String sql, Consumer<CatalogRow> row) {
      queries.forEachRow(sql, row);
      if (sql.equals("COMMIT")) {
        inside.countDown();
        await(go);
      }
    }

    @Override
    public void close() {
      queries.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
