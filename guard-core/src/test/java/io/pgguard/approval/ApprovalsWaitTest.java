package io.pgguard.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a held statement waits for people: by a count of nanoseconds that the test sets. */
class ApprovalsWaitTest {
  private static final Duration WAIT = Duration.ofMinutes(5);

  private final SetClock clock = new SetClock();
  private final Deque<Long> ticks = new ArrayDeque<>();
  private final Approvals approvals =
      new Approvals(
          new InMemoryApprovalStore(), clock, event -> {}, ticks::removeFirst, Duration.ofNanos(1));

  private String opened() {
    return ((Opening.Opened) approvals.open(Asks.ask("UPDATE t SET a = 1", Asks.ONE_DBA)))
        .request()
        .id();
  }

  /** What has passed at each look, from the beginning of the wait on. */
  private void passes(Duration... looks) {
    ticks.clear();
    ticks.add(0L);
    List.of(looks).forEach(look -> ticks.add(look.toNanos()));
  }

  @Test
  void undecided_waitsUntilTheTimeIsOverAndNoLonger() {
    String id = opened();
    passes(Duration.ZERO, WAIT.minusNanos(1), WAIT);
    assertEquals(Optional.of(ApprovalCase.Status.PENDING), approvals.await(id, WAIT));
    assertEquals(0, ticks.size(), "it looked until then");
  }

  @Test
  void timeThatIsOverAtOnce_doesNotWait() {
    String id = opened();
    passes(Duration.ZERO);
    assertEquals(Optional.of(ApprovalCase.Status.PENDING), approvals.await(id, Duration.ZERO));
  }

  @Test
  void clockThatIsSetOn_doesNotShortenTheWait() {
    String id = opened();
    clock.forward(Duration.ofMinutes(6));
    passes(Duration.ZERO, WAIT.minusNanos(1), WAIT);
    assertEquals(Optional.of(ApprovalCase.Status.PENDING), approvals.await(id, WAIT));
    assertEquals(0, ticks.size());
  }

  @Test
  void decided_endsTheWaitBeforeItsTime() {
    String id = opened();
    approvals.approve(id, Asks.BOB, null);
    passes(Duration.ZERO, WAIT);
    assertEquals(Optional.of(ApprovalCase.Status.GRANTED), approvals.await(id, WAIT));
    assertFalse(ticks.isEmpty(), "it did not look again");
  }
}
