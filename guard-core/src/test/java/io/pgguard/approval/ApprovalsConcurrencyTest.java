package io.pgguard.approval;

import static io.pgguard.approval.Asks.ONE_DBA;
import static io.pgguard.approval.Asks.ask;
import static io.pgguard.approval.Asks.digest;
import static io.pgguard.approval.Asks.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pgguard.policy.Approvers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApprovalsConcurrencyTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 200;

  private final SetClock clock = new SetClock();

  /** Runs the same on many threads that start together, and gives all results. */
  private static <T> List<T> together(ExecutorService threads, IndexedCall<T> call)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int index = i;
      calls.add(
          () -> {
            start.await();
            return call.call(index);
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : threads.invokeAll(calls)) {
      results.add(future.get());
    }
    return results;
  }

  private interface IndexedCall<T> {
    T call(int index) throws Exception;
  }

  private static <T> long count(List<? super T> all, Class<T> type) {
    return all.stream().filter(type::isInstance).count();
  }

  @Test
  void manyRedeem_oneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      ApprovalStore shared = new InMemoryApprovalStore();
      List<Approvals> processes = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        processes.add(new Approvals(shared, clock, event -> {}));
      }
      for (int round = 0; round < ROUNDS; round++) {
        String text = "drop table t" + round;
        String id =
            assertInstanceOf(Opening.Opened.class, processes.get(0).open(ask(text, ONE_DBA)))
                .request()
                .id();
        processes.get(0).approve(id, Asks.BOB, null);
        List<Redemption> all =
            together(threads, i -> processes.get(i).redeem(digest(text), ONE_DBA, "s", 1));
        assertEquals(1, count(all, Redemption.Redeemed.class));
        assertEquals(THREADS - 1, count(all, Redemption.None.class));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manyApprove_oneGrants() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Approvals approvals = new Approvals(new InMemoryApprovalStore(), clock, event -> {});
      List<Approvers> needed = List.of(new Approvers(Set.of("dba"), 5));
      for (int round = 0; round < ROUNDS; round++) {
        String text = "drop table t" + round;
        List<Opening> openings =
            together(threads, i -> approvals.open(ask(text, needed, "session-" + i)));
        assertEquals(1, count(openings, Opening.Opened.class));
        String id = approvals.pending().get(0).request().id();
        List<Answer> answers =
            together(threads, i -> approvals.approve(id, person("p" + i, "dba"), null));
        assertEquals(4, count(answers, Answer.Counted.class));
        assertEquals(1, count(answers, Answer.Granted.class));
        assertEquals(THREADS - 5, count(answers, Answer.NotCounted.class));
        assertInstanceOf(Redemption.Redeemed.class, approvals.redeem(digest(text), needed, "s", 1));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void waitingSession_wakesWhenApproved() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Approvals approvals = new Approvals(new InMemoryApprovalStore(), clock, event -> {});
      String id =
          assertInstanceOf(Opening.Opened.class, approvals.open(ask("drop table t", ONE_DBA)))
              .request()
              .id();
      Future<ApprovalCase.Status> waiting =
          threads.submit(() -> approvals.await(id, Duration.ofSeconds(30)).orElseThrow());
      approvals.approve(id, Asks.BOB, null);
      assertEquals(ApprovalCase.Status.GRANTED, waiting.get());
    } finally {
      threads.shutdownNow();
    }
  }
}
