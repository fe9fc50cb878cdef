package io.pgguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import io.pgguard.policy.Approvers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions and people of several processes that do the same at the same time: all ask for a
 * statement, and one opens a request; all approve it, and two grant; all run it, and one may. Each
 * statement is one race. They go through a set of statements at once, each in an order of its own.
 */
final class Races implements AutoCloseable {
  private static final int RACERS = 4;
  private static final int SET = 50;
  private static final List<Approvers> TWO = List.of(new Approvers(Set.of("dba"), 2));

  private final SetClock clock = new SetClock();
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final List<Approvals> nodes = new ArrayList<>();
  private final AtomicLong logged = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(RACERS);

  Races(List<ApprovalStore> stores) {
    for (ApprovalStore store : stores) {
      nodes.add(
          new Approvals(
              store,
              clock,
              event -> {
                if (event instanceof io.pgguard.approval.ApprovalEvent.Redeemed) {
                  logged.incrementAndGet();
                }
              }));
    }
  }

  void run(int races) throws Exception {
    for (int done = 0; done < races; done += SET) {
      set(done);
      clock.jump(Duration.ofHours(1));
    }
    assertEquals((races + SET - 1) / SET * SET, logged.get(), "each use is logged once");
  }

  private void set(int first) throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < SET; i++) {
      texts.add("race " + (first + i));
    }
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    exactly(
        1,
        texts,
        (node, text, racer) -> {
          Opening opening = node.open(Cases.ask(text, TWO));
          if (opening instanceof Opening.Opened opened) {
            ids.add(opened.request().id());
            return true;
          }
          return false;
        });
    exactly(
        2,
        ids,
        (node, id, racer) -> {
          Answer answer = node.approve(id, Cases.person("p" + racer, "dba"), null);
          return answer instanceof Answer.Counted || answer instanceof Answer.Granted;
        });
    exactly(
        1,
        texts,
        (node, text, racer) ->
            node.redeem(Cases.digest(text), TWO, "s" + racer, 1) instanceof Redemption.Redeemed);
  }

  private interface Step {
    boolean succeeds(Approvals node, String what, int racer);
  }

  /** All racers do a step for each of these; of those who do, so many succeed. */
  private void exactly(int winners, List<String> each, Step step) throws Exception {
    List<AtomicLong> won = each.stream().map(one -> new AtomicLong()).toList();
    List<Callable<Void>> racers = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      int me = racer;
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < each.size(); i++) {
        order.add(i);
      }
      if (me % 2 == 0) {
        Collections.shuffle(order, random); // the others follow each other closely
      }
      racers.add(
          () -> {
            for (int i : order) {
              if (step.succeeds(nodes.get(me % nodes.size()), each.get(i), me)) {
                won.get(i).incrementAndGet();
              }
            }
            return null;
          });
    }
    for (Future<Void> racer : threads.invokeAll(racers)) {
      racer.get();
    }
    for (int i = 0; i < each.size(); i++) {
      assertEquals(winners, won.get(i).get(), each.get(i) + ", seed " + seed);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
