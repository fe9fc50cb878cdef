package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held statement waits for another person, and one approval is good for one run. */
class ApprovalsIT {
  private static final Principal DORA =
      new Principal("dora@example.com", Set.of("dba"), null, null);
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("approvals", directory);
    database.config("400ms");
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private static Approvals approvals() {
    return database.guard().approvals();
  }

  private String held(String sql) {
    return assertThrows(StatementHeldException.class, () -> GuardedDatabase.update(connection, sql))
        .approvalRequestId();
  }

  private static void approve(String id) {
    assertInstanceOf(Answer.Granted.class, approvals().approve(id, DORA, null));
  }

  private static String status(int order) throws Exception {
    return database.truth("SELECT status FROM orders WHERE id = " + order);
  }

  @Test
  void grantedByAnother_runsOnceAndThenAsksAnew() throws Exception {
    String sql = "UPDATE orders SET status = 'shipped' WHERE id = 1";
    String id = held(sql);
    assertEquals("new", status(1));
    approve(id);
    assertEquals(1, GuardedDatabase.update(connection, sql));
    assertEquals("shipped", status(1));
    assertNotEquals(id, held(sql));
  }

  @Test
  void held_tellsTheRequestAndWhatToDo() {
    StatementHeldException e =
        assertThrows(
            StatementHeldException.class,
            () ->
                GuardedDatabase.update(connection, "UPDATE orders SET status = 'x' WHERE id = 2"));
    String id = e.approvalRequestId();
    assertEquals("42501", e.getSQLState());
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("Guard holds this statement for approval (request " + id + ")"),
        e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("status: "), e.getMessage());
    assertTrue(
        String.valueOf(e.getMessage()).contains("Run exactly the same statement"), e.getMessage());
  }

  @Test
  void grantedWhileItWaits_runs() throws Exception {
    CompletableFuture<ApprovalRequest> reviewer =
        CompletableFuture.supplyAsync(() -> approveWhenAsked("'waited'"));
    assertEquals(
        1, GuardedDatabase.update(connection, "UPDATE orders SET status = 'waited' WHERE id = 4"));
    assertEquals("ana@example.com", reviewer.get().principal().subject());
    assertEquals("waited", status(4));
  }

  private static ApprovalRequest approveWhenAsked(String words) {
    while (true) {
      for (var one : approvals().pending()) {
        if (one.request().text().contains(words)) {
          approve(one.request().id());
          return one.request();
        }
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void ownApproval_doesNotCount() throws Exception {
    String sql = "UPDATE orders SET status = 'mine' WHERE id = 5";
    String id = held(sql);
    Principal herself = new Principal("Ana@Example.com", Set.of("dba"), null, null);
    assertFalse(approvals().approve(id, herself, null) instanceof Answer.Granted);
    assertEquals(id, held(sql));
    assertEquals("new", status(5));
  }

  @Test
  void approvalOfSomebodyWhoMayNot_doesNotCount() throws Exception {
    String sql = "UPDATE orders SET status = 'intern' WHERE id = 5";
    String id = held(sql);
    Principal intern = new Principal("ivo@example.com", Set.of("interns"), null, null);
    assertFalse(approvals().approve(id, intern, null) instanceof Answer.Granted);
    assertEquals(id, held(sql));
  }

  @Test
  void changedValue_needsANewApproval() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE orders SET status = ? WHERE id = ?")) {
      statement.setString(1, "paid");
      statement.setInt(2, 6);
      String id =
          assertThrows(StatementHeldException.class, statement::executeUpdate).approvalRequestId();
      approve(id);
      statement.setInt(2, 7);
      StatementHeldException other =
          assertThrows(StatementHeldException.class, statement::executeUpdate);
      assertNotEquals(id, other.approvalRequestId());
      statement.setInt(2, 6);
      assertEquals(1, statement.executeUpdate());
    }
    assertEquals("paid", status(6));
    assertEquals("new", status(7));
  }

  @Test
  void changedText_needsANewApproval() {
    String id = held("UPDATE orders SET status = 'y' WHERE id = 8");
    approve(id);
    assertNotEquals(id, held("UPDATE orders SET status = 'y'  WHERE id = 8"));
  }

  @Test
  void grantForOnePrincipal_doesNotServeAnother() throws Exception {
    String sql = "UPDATE orders SET status = 'z' WHERE id = 9";
    approve(held(sql));
    try (Connection other =
        database.connect(java.util.Map.of("guard.subject", "bob@example.com"))) {
      assertThrows(StatementHeldException.class, () -> GuardedDatabase.update(other, sql));
    }
    assertEquals("new", status(9));
  }

  @Test
  void turnedDown_saysWhoAndWhy() {
    String sql = "UPDATE orders SET status = 'no' WHERE id = 10";
    String id = held(sql);
    approvals().refuse(id, DORA, "the warehouse is closed");
    StatementRefusedException e =
        assertThrows(
            StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql));
    assertTrue(
        String.valueOf(e.getMessage()).contains("dora@example.com said: the warehouse is closed"));
    assertEquals(id, e.approvalRequestId().orElseThrow());
  }

  @Test
  void expired_isToldAndNothingRuns(@TempDir Path own) throws Exception {
    try (GuardedDatabase brief = new GuardedDatabase("expiry", own)) {
      brief.policy(GuardedDatabase.POLICY.replace("within: 15m", "within: 300ms"));
      brief.config("5s");
      String sql = "UPDATE orders SET status = 'late' WHERE id = 1";
      try (Connection late = brief.connect()) {
        StatementHeldException e =
            assertThrows(StatementHeldException.class, () -> GuardedDatabase.update(late, sql));
        String id = e.approvalRequestId();
        assertTrue(
            String.valueOf(e.getMessage()).contains("The approval request " + id + " expired at "),
            e.getMessage());
        assertFalse(brief.guard().approvals().approve(id, DORA, null) instanceof Answer.Granted);
      }
      assertEquals("new", brief.truth("SELECT status FROM orders WHERE id = 1"));
    }
  }

  @Test
  void everyStep_isInTheLog() throws Exception {
    String sql = "UPDATE orders SET status = 'logged' WHERE id = 11";
    String id = held(sql);
    approve(id);
    GuardedDatabase.update(connection, sql);
    for (String step : new String[] {"ApprovalOpened", "ApprovalDecided", "ApprovalRedeemed"}) {
      assertEquals(1, database.logged(step, id).size(), step);
    }
    String redeemed = database.logged("ApprovalRedeemed", id).get(0);
    assertTrue(redeemed.matches(".*\"session\":\"[^\"]+\",\"statement\":2\\b.*"), redeemed);
  }

  @Test
  void severalStatements_runNoneUntilTheLaterOneIsApproved() throws Exception {
    String update = "UPDATE orders SET status = 'whole' WHERE id = 31";
    String text = "INSERT INTO notes (body) VALUES ('whole'); COMMIT; " + update;
    connection.setAutoCommit(false);
    String id = held(text);
    connection.rollback();
    String notes = "SELECT count(*) FROM notes WHERE body = 'whole'";
    assertEquals("0", database.truth(notes));
    approve(id);
    GuardedDatabase.update(connection, text);
    connection.commit();
    assertEquals("1", database.truth(notes));
    assertEquals("whole", status(31));
    assertNotEquals(id, held(text), "an approval is good for one run");
    connection.rollback();
    assertEquals("1", database.truth(notes));
  }

  @Test
  void severalStatementsWithValues_runNoneThatStandsBeforeAHeldOne() throws Exception {
    String text = "INSERT INTO notes (body) VALUES (?); UPDATE orders SET status = ? WHERE id = 32";
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setString(1, "valued");
      statement.setString(2, "valued");
      StatementRefusedException e =
          assertThrows(StatementRefusedException.class, statement::execute);
      assertTrue(String.valueOf(e.getMessage()).contains("its values are not known"));
    }
    assertEquals("0", database.truth("SELECT count(*) FROM notes WHERE body = 'valued'"));
  }

  @Test
  void sameHeldStatementTwice_runsNeither() throws Exception {
    String update = "UPDATE orders SET status = 'twice' WHERE id = 33";
    StatementRefusedException e =
        assertThrows(
            StatementRefusedException.class,
            () -> GuardedDatabase.update(connection, update + ";" + update));
    assertTrue(String.valueOf(e.getMessage()).contains("twice"), e.getMessage());
    assertEquals("new", status(33));
  }
}
