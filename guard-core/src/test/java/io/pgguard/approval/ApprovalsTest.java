package io.pgguard.approval;

import static io.pgguard.approval.Asks.BOB;
import static io.pgguard.approval.Asks.CAROL;
import static io.pgguard.approval.Asks.ONE_DBA;
import static io.pgguard.approval.Asks.ask;
import static io.pgguard.approval.Asks.digest;
import static io.pgguard.approval.Asks.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsTest {
  private static final String TEXT = "update orders set status = 'x' where id = 1";

  private final SetClock clock = new SetClock();
  private final List<ApprovalEvent> events = new ArrayList<>();
  private final Approvals approvals =
      new Approvals(new InMemoryApprovalStore(), clock, events::add);

  private String open(List<Approvers> needed) {
    return assertInstanceOf(Opening.Opened.class, approvals.open(ask(TEXT, needed))).request().id();
  }

  private void assertNotCounted(Answer.Reason reason, Answer answer) {
    assertEquals(reason, assertInstanceOf(Answer.NotCounted.class, answer).reason());
  }

  @Test
  void approvedRequest_isRedeemedOnce() {
    String id = open(ONE_DBA);
    assertInstanceOf(Redemption.Pending.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, BOB, "fine"));
    assertInstanceOf(Redemption.Redeemed.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertInstanceOf(Redemption.None.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertEquals(
        List.of("Opened", "Approved", "Redeemed"),
        events.stream().map(event -> event.getClass().getSimpleName()).toList());
  }

  @Test
  void anotherText_isNotApproved() {
    approvals.approve(open(ONE_DBA), BOB, null);
    assertInstanceOf(Redemption.None.class, approvals.redeem(digest(TEXT + " "), ONE_DBA, "s", 1));
  }

  @Test
  void approvalByOthersThanNowNeeded_isNotUsed() {
    approvals.approve(open(ONE_DBA), BOB, null);
    List<Approvers> two = List.of(new Approvers(Set.of("dba"), 2));
    assertInstanceOf(Redemption.None.class, approvals.redeem(digest(TEXT), two, "s", 1));
    assertInstanceOf(Opening.Opened.class, approvals.open(ask(TEXT, two)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "ALICE", " alice ", "al ice", "alice\u00a0", "al\u200bice", "\uff41lice"})
  void ownRequest_isNotApproved(String subject) {
    assertNotCounted(
        Answer.Reason.OWN_REQUEST, approvals.approve(open(ONE_DBA), person(subject, "dba"), null));
  }

  @Test
  void personOnWhoseBehalfItIsAsked_doesNotApproveByAnotherAccount() {
    Principal robot = account("robot-7", "alice@example.com");
    ApprovalAsk ask = ask(TEXT, ONE_DBA);
    ApprovalAsk asked =
        new ApprovalAsk(
            ask.session(),
            robot,
            ask.database(),
            ask.text(),
            ask.values(),
            ask.meaning(),
            ask.digest(),
            ask.decision(),
            ask.intent());
    String id = assertInstanceOf(Opening.Opened.class, approvals.open(asked)).request().id();
    for (Principal same :
        List.of(
            person("alice@example.com", "dba"),
            person("Alice@Example.com", "dba"),
            account("admin-alice", "alice@example.com"),
            account("admin-alice", "ROBOT-7"))) {
      assertNotCounted(Answer.Reason.OWN_REQUEST, approvals.approve(id, same, null));
    }
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, BOB, null));
  }

  @Test
  void onePersonWithTwoAccounts_countsOnce() {
    String id = open(List.of(new Approvers(Set.of("dba"), 2)));
    assertInstanceOf(Answer.Counted.class, approvals.approve(id, BOB, null));
    assertNotCounted(
        Answer.Reason.ALREADY_APPROVED, approvals.approve(id, account("admin-bob", "bob"), null));
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, CAROL, null));
  }

  @Test
  void service_doesNotApprove() {
    String id = open(List.of(new Approvers(Set.of(), 1)));
    Principal etl = new Principal("etl", Set.of("dba"), null, null, null, "etl", Proof.ofAccount());
    assertNotCounted(Answer.Reason.NOT_AN_APPROVER, approvals.approve(id, etl, null));
  }

  private static Principal account(String subject, String person) {
    return new Principal(subject, Set.of("dba"), null, null, person, null, Proof.NONE);
  }

  @Test
  void agent_doesNotApprove() {
    String id = open(List.of(new Approvers(Set.of(), 1)));
    assertNotCounted(
        Answer.Reason.NOT_AN_APPROVER,
        approvals.approve(id, new Principal("bob", Set.of("dba"), "robot", null), null));
  }

  @Test
  void stranger_neitherApprovesNorRefuses() {
    String id = open(ONE_DBA);
    assertNotCounted(
        Answer.Reason.NOT_AN_APPROVER, approvals.approve(id, person("eve", "sales"), null));
    assertNotCounted(
        Answer.Reason.NOT_AN_APPROVER, approvals.refuse(id, person("eve", "sales"), null));
  }

  @Test
  void onePerson_countsOnce() {
    String id = open(List.of(new Approvers(Set.of("dba"), 2)));
    assertInstanceOf(Answer.Counted.class, approvals.approve(id, BOB, null));
    assertNotCounted(Answer.Reason.ALREADY_APPROVED, approvals.approve(id, BOB, null));
    assertNotCounted(
        Answer.Reason.ALREADY_APPROVED, approvals.approve(id, person("BOB ", "dba"), null));
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, CAROL, null));
  }

  @Test
  void personInTwoGroups_fillsOneSeat() {
    List<Approvers> needed =
        List.of(new Approvers(Set.of("dba"), 1), new Approvers(Set.of("leads"), 1));
    String id = open(needed);
    Answer.Counted counted =
        assertInstanceOf(Answer.Counted.class, approvals.approve(id, CAROL, null));
    assertEquals(1, counted.missing().size());
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, BOB, null));
  }

  @Test
  void takenBack_byWhoAsked_isOver_andAskedAnew() {
    String first = open(ONE_DBA);
    approvals.refuse(first, person("alice"), "the client cancelled the statement");
    assertInstanceOf(Redemption.None.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    String second = open(ONE_DBA);
    assertNotEquals(first, second);
    assertNotCounted(Answer.Reason.REFUSED, approvals.approve(first, BOB, null));
    assertInstanceOf(Redemption.Pending.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertInstanceOf(Answer.Granted.class, approvals.approve(second, BOB, null));
    assertInstanceOf(Redemption.Redeemed.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
  }

  @Test
  void grantThatWasTakenBack_isNotUsed() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    approvals.refuse(id, person("alice"), "changed my mind");
    assertInstanceOf(Redemption.None.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
  }

  @Test
  void refusal_isFinal() {
    String id = open(ONE_DBA);
    assertInstanceOf(Answer.Refused.class, approvals.refuse(id, BOB, "no"));
    assertNotCounted(Answer.Reason.REFUSED, approvals.approve(id, CAROL, null));
    assertInstanceOf(Redemption.Refused.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertInstanceOf(Opening.Joined.class, approvals.open(ask(TEXT, ONE_DBA)));
    clock.forward(Duration.ofMinutes(15));
    assertInstanceOf(Opening.Opened.class, approvals.open(ask(TEXT, ONE_DBA)));
  }

  @Test
  void grant_canBeTakenBackBeforeItIsUsed() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    assertInstanceOf(Answer.Refused.class, approvals.refuse(id, CAROL, "wait"));
    assertInstanceOf(Redemption.Refused.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
  }

  @Test
  void requester_mayWithdraw() {
    assertInstanceOf(
        Answer.Refused.class, approvals.refuse(open(ONE_DBA), person("alice"), "changed my mind"));
  }

  @Test
  void expiry_countsWhenTheStatementRuns() {
    String id = open(ONE_DBA);
    clock.forward(Duration.ofMinutes(14));
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, BOB, null));
    clock.forward(Duration.ofMinutes(1));
    assertInstanceOf(Redemption.Expired.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    assertNotCounted(Answer.Reason.EXPIRED, approvals.approve(id, CAROL, null));
  }

  @Test
  void sameStatementAgain_joinsAndDoesNotMoveExpiry() {
    String id = open(ONE_DBA);
    clock.forward(Duration.ofMinutes(10));
    Opening.Joined joined =
        assertInstanceOf(Opening.Joined.class, approvals.open(ask(TEXT, ONE_DBA, "session-2")));
    assertEquals(id, joined.before().request().id());
    clock.forward(Duration.ofMinutes(5));
    assertNotCounted(Answer.Reason.EXPIRED, approvals.approve(id, BOB, null));
    assertNotEquals(id, open(ONE_DBA));
  }

  @Test
  void usedRequest_isOverAndAskedAgainOpensAnother() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    approvals.redeem(digest(TEXT), ONE_DBA, "s", 1);
    assertNotCounted(Answer.Reason.USED, approvals.approve(id, CAROL, null));
    assertNotCounted(Answer.Reason.USED, approvals.refuse(id, CAROL, null));
    assertNotEquals(id, open(ONE_DBA));
  }

  @Test
  void grantedRequest_takesNoMoreApprovals() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    assertNotCounted(Answer.Reason.ALREADY_GRANTED, approvals.approve(id, CAROL, null));
  }

  @Test
  void unknownRequest_isAClearError() {
    assertNotCounted(Answer.Reason.UNKNOWN_REQUEST, approvals.approve("apr-none", BOB, null));
  }

  @Test
  void pending_listsWhatWaits() {
    String id = open(ONE_DBA);
    assertEquals(1, approvals.pending().size());
    approvals.approve(id, BOB, null);
    assertEquals(List.of(), approvals.pending());
  }

  @Test
  void tooManyWaiting_areNotOpened() {
    for (int i = 0; i < Approvals.MOST_WAITING; i++) {
      assertInstanceOf(Opening.Opened.class, approvals.open(ask("drop table t" + i, ONE_DBA)));
    }
    assertInstanceOf(Opening.Full.class, approvals.open(ask("drop table more", ONE_DBA)));
  }

  @Test
  void stepThatCannotBeRecorded_doesNotHappen() {
    boolean[] broken = {false};
    Approvals strict =
        new Approvals(
            new InMemoryApprovalStore(),
            clock,
            event -> {
              if (broken[0]) {
                throw new IllegalStateException("the log is full");
              }
            });
    String id =
        assertInstanceOf(Opening.Opened.class, strict.open(ask(TEXT, ONE_DBA))).request().id();
    broken[0] = true;
    assertThrows(IllegalStateException.class, () -> strict.approve(id, BOB, null));
    broken[0] = false;
    assertInstanceOf(Redemption.Pending.class, strict.redeem(digest(TEXT), ONE_DBA, "s", 1));
    strict.approve(id, BOB, null);
    broken[0] = true;
    assertThrows(IllegalStateException.class, () -> strict.redeem(digest(TEXT), ONE_DBA, "s", 1));
    broken[0] = false;
    assertInstanceOf(Redemption.Redeemed.class, strict.redeem(digest(TEXT), ONE_DBA, "s", 1));
  }

  @Test
  void await_tellsHowItStands() {
    String id = open(ONE_DBA);
    assertEquals(
        ApprovalCase.Status.PENDING, approvals.await(id, Duration.ofMillis(1)).orElseThrow());
    approvals.approve(id, BOB, null);
    assertEquals(
        ApprovalCase.Status.GRANTED, approvals.await(id, Duration.ofDays(1)).orElseThrow());
    assertTrue(approvals.await("apr-none", Duration.ofDays(1)).isEmpty());
  }

  @Test
  void history_comesInPagesTheLatestFirst() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(
          0,
          assertInstanceOf(Opening.Opened.class, approvals.open(ask("drop table h" + i, ONE_DBA)))
              .request()
              .id());
      clock.forward(Duration.ofSeconds(1));
    }
    approvals.refuse(ids.get(3), BOB, "no");
    assertEquals(ids.subList(0, 2), ids(approvals.latest(null, 2)));
    assertEquals(ids.subList(2, 5), ids(approvals.latest(ids.get(1), 9)));
    assertEquals(List.of(), approvals.latest("apr-none", 9));
  }

  private static List<String> ids(List<ApprovalCase> cases) {
    return cases.stream().map(one -> one.request().id()).toList();
  }

  @Test
  void subscriber_hearsOfEachChangeUntilItEndsThat() {
    List<String> told = new ArrayList<>();
    ApprovalStore.Subscription subscription = approvals.subscribe(told::add);
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    approvals.redeem(digest(TEXT), ONE_DBA, "s", 1);
    assertEquals(List.of(id, id, id), told);
    subscription.close();
    open(ONE_DBA);
    assertEquals(3, told.size());
  }

  @Test
  void revokedWhileItRuns_isToldOnce() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    approvals.redeem(digest(TEXT), ONE_DBA, "s", 1);
    List<String> told = new ArrayList<>();
    assertNotCounted(
        Answer.Reason.NOT_AN_APPROVER, approvals.revoke(id, person("eve", "sales"), null));
    assertInstanceOf(Answer.Revoked.class, approvals.revoke(id, CAROL, "stop"));
    try (ApprovalStore.Subscription watch =
        approvals.whileRunning(id, vote -> told.add(vote.by().subject() + ": " + vote.comment()))) {
      assertNotCounted(Answer.Reason.REFUSED, approvals.revoke(id, CAROL, "again"));
    }
    assertEquals(List.of("carol: stop"), told);
    assertEquals(ApprovalCase.Status.USED, approvals.status(id).orElseThrow());
  }

  @Test
  void revokedBeforeItRan_isRefused() {
    String id = open(ONE_DBA);
    approvals.approve(id, BOB, null);
    assertInstanceOf(Answer.Refused.class, approvals.revoke(id, CAROL, "stop"));
    assertInstanceOf(Redemption.Refused.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
  }

  @Test
  void useBy_startsWithTheApprovalAndEndsWithTheRequest() {
    ApprovalAsk ask = ask(TEXT, ONE_DBA);
    ApprovalAsk brief =
        new ApprovalAsk(
            ask.session(),
            ask.principal(),
            ask.database(),
            ask.text(),
            ask.values(),
            ask.meaning(),
            ask.digest(),
            new Decision.RequireApproval(
                ask.decision().verdicts(),
                ONE_DBA,
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                OptionalLong.empty()),
            ask.intent());
    String id = assertInstanceOf(Opening.Opened.class, approvals.open(brief)).request().id();
    clock.forward(Duration.ofMinutes(6));
    assertInstanceOf(Answer.Granted.class, approvals.approve(id, BOB, null), "it may wait longer");
    clock.forward(Duration.ofMinutes(5).minusNanos(1));
    assertEquals(ApprovalCase.Status.GRANTED, approvals.status(id).orElseThrow());
    clock.forward(Duration.ofNanos(1));
    assertInstanceOf(Redemption.Expired.class, approvals.redeem(digest(TEXT), ONE_DBA, "s", 1));
    String again = assertInstanceOf(Opening.Opened.class, approvals.open(brief)).request().id();
    clock.forward(Duration.ofMinutes(12));
    Answer.Granted late =
        assertInstanceOf(Answer.Granted.class, approvals.approve(again, BOB, null));
    assertEquals(
        approvals.find(again).orElseThrow().request().expiresAt(), late.grant().expiresAt());
  }
}
