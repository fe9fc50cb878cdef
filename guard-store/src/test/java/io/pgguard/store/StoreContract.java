package io.pgguard.store;

import static io.pgguard.store.Cases.BOB;
import static io.pgguard.store.Cases.CAROL;
import static io.pgguard.store.Cases.ONE_DBA;
import static io.pgguard.store.Cases.ask;
import static io.pgguard.store.Cases.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.Approvals;
import io.pgguard.approval.Opening;
import io.pgguard.approval.Redemption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store must do. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class StoreContract {
  private static final String TEXT = "DELETE FROM orders WHERE id = 1";

  private final SetClock clock = new SetClock();

  /** The store, as one process sees it. */
  abstract ApprovalStore store();

  /** The same, as another process sees it; the same object where there can be no other. */
  abstract ApprovalStore other();

  private Approvals approvals() {
    return new Approvals(store(), clock, event -> {});
  }

  private Approvals elsewhere() {
    return new Approvals(other(), clock, event -> {});
  }

  private static String opened(Approvals approvals, String text) {
    return assertInstanceOf(Opening.Opened.class, approvals.open(ask(text, ONE_DBA)))
        .request()
        .id();
  }

  private static Redemption redeem(Approvals approvals, String text) {
    return approvals.redeem(digest(text), ONE_DBA, "session", 1);
  }

  @Test
  void everyField_comesBackAsItWas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      ApprovalCase whole = Cases.whole(random);
      assertEquals(Optional.empty(), store().add(whole, one -> false, () -> {}), "seed " + seed);
      assertEquals(
          Optional.of(whole), other().find(whole.request().id()), "seed " + seed + ", case " + i);
      assertEquals(List.of(whole), other().forStatement(whole.request().digest()));
    }
  }

  @Test
  void nextVersion_takesThePlaceOfTheOneBeforeAndOfNoOther() {
    Approvals approvals = approvals();
    String id = opened(approvals, TEXT);
    ApprovalCase first = store().find(id).orElseThrow();
    approvals.approve(id, BOB, "fine");
    ApprovalCase second = other().find(id).orElseThrow();
    assertEquals(1, second.version());
    List<String> told = new ArrayList<>();
    ApprovalCase skipped =
        new ApprovalCase(first.request(), List.of(), null, null, null, null, first.version());
    assertFalse(store().replace(skipped, () -> told.add("replaced")));
    assertEquals(List.of(), told, "a step that is not taken is not logged");
    assertEquals(Optional.of(second), store().find(id));
  }

  @Test
  void stepThatCannotBeLogged_isNotTaken() {
    boolean[] broken = {false};
    Approvals strict =
        new Approvals(
            store(),
            clock,
            event -> {
              if (broken[0]) {
                throw new IllegalStateException("the log is full");
              }
            });
    String id = opened(strict, TEXT);
    broken[0] = true;
    assertThrows(IllegalStateException.class, () -> strict.approve(id, BOB, null));
    assertThrows(IllegalStateException.class, () -> strict.open(ask(TEXT + " ", ONE_DBA)));
    assertEquals(List.of(), other().forStatement(digest(TEXT + " ")));
    assertInstanceOf(Redemption.Pending.class, redeem(elsewhere(), TEXT));
    broken[0] = false;
    strict.approve(id, BOB, null);
    broken[0] = true;
    assertThrows(IllegalStateException.class, () -> redeem(strict, TEXT));
    assertInstanceOf(Redemption.Redeemed.class, redeem(elsewhere(), TEXT));
    assertInstanceOf(Redemption.None.class, redeem(elsewhere(), TEXT));
  }

  @Test
  void takenId_isToldWithoutWhatIsStored() {
    ApprovalCase one = store().find(opened(approvals(), TEXT)).orElseThrow();
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> store().add(one, c -> false, () -> {}))
                .getMessage());
    assertTrue(message.contains("is taken"), message);
    assertFalse(message.contains("orders"), message);
  }

  @Test
  void answerElsewhere_wakesWhoWaitsHere() throws Exception {
    Approvals approvals = approvals();
    String id = opened(approvals, TEXT);
    CompletableFuture<Optional<ApprovalCase.Status>> waiting =
        CompletableFuture.supplyAsync(() -> approvals.await(id, Duration.ofMinutes(5)));
    elsewhere().approve(id, BOB, null);
    assertEquals(Optional.of(ApprovalCase.Status.GRANTED), waiting.get(5, TimeUnit.MINUTES));
  }

  @Test
  void clockSetBack_losesNoGrantAndUsesNoneTwice() {
    Approvals approvals = approvals();
    approvals.approve(opened(approvals, TEXT), BOB, null);
    assertInstanceOf(Redemption.Redeemed.class, redeem(approvals, TEXT));
    clock.jump(Duration.ofHours(-2));
    assertInstanceOf(Redemption.None.class, redeem(approvals, TEXT));
    String later = opened(approvals, TEXT);
    assertInstanceOf(Redemption.Pending.class, redeem(approvals, TEXT));
    approvals.approve(later, CAROL, null);
    assertInstanceOf(Redemption.Redeemed.class, redeem(elsewhere(), TEXT));
    assertInstanceOf(Redemption.None.class, redeem(elsewhere(), TEXT));
  }

  @Test
  void clockSetOn_endsWhatWaits() {
    Approvals approvals = approvals();
    String id = opened(approvals, TEXT);
    String granted = opened(approvals, TEXT + " ");
    approvals.approve(granted, BOB, null);
    clock.jump(Duration.ofMinutes(15));
    assertInstanceOf(Redemption.Expired.class, redeem(elsewhere(), TEXT + " "));
    assertEquals(
        Answer.Reason.EXPIRED,
        assertInstanceOf(Answer.NotCounted.class, elsewhere().approve(id, BOB, null)).reason());
    assertEquals(List.of(), store().live(clock.instant()));
    assertEquals(0, store().waiting("alice", clock.instant()));
  }

  @Test
  void waitingRequests_areCountedByPersonAndListedInOrder() {
    Approvals approvals = approvals();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(opened(approvals, TEXT + i));
      clock.jump(Duration.ofSeconds(-1));
    }
    assertEquals(4, other().waiting("alice", clock.instant()));
    assertEquals(0, other().waiting("bob", clock.instant()));
    approvals.refuse(ids.get(1), BOB, "no");
    approvals.approve(ids.get(2), BOB, null);
    assertEquals(3, other().waiting("alice", clock.instant()));
    assertEquals(List.of(ids.get(0), ids.get(2), ids.get(3)), ids(other().live(clock.instant())));
    assertEquals(List.of(ids.get(3), ids.get(2)), ids(other().latest(null, 2)));
    assertEquals(List.of(ids.get(1), ids.get(0)), ids(other().latest(ids.get(2), 2)));
    assertEquals(List.of(), other().latest("apr-none", 2));
  }

  private static List<String> ids(List<ApprovalCase> cases) {
    return cases.stream().map(one -> one.request().id()).toList();
  }

  @Test
  void races_useEachGrantOnceAndLoseNone() throws Exception {
    try (Races races = new Races(List.of(store(), other()))) {
      races.run(Integer.getInteger(racesProperty(), 200));
    }
  }

  abstract String racesProperty();
}
