package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement held by what it did: undone, asked about, and run once when people have agreed. */
class EffectApprovalsIT {
  private static final Principal DORA =
      new Principal("dora@example.com", Set.of("dba"), null, null);

  private static final String POLICY =
      """
      version: 1
      mode: enforce
      inference: allow
      rules:
        - { id: many, when: { affectedRows: { over: 10 } },
            then: approve, by: { groups: [dba], count: 1 }, within: 15m }
        - { id: all,  when: {}, then: allow }
      otherwise: deny
      """;

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("effect_approvals", directory);
    database.policy(POLICY);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    database
        .postgres()
        .execute(
            database.database(),
            "TRUNCATE orders",
            "INSERT INTO orders (customer_id, status, total)"
                + " SELECT n, 'new', n FROM generate_series(1, 50) n");
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private static Approvals approvals() {
    return database.guard().approvals();
  }

  private StatementHeldException refused(String sql) {
    return assertThrows(
        StatementHeldException.class, () -> GuardedDatabase.update(connection, sql));
  }

  private String held(String sql) {
    return refused(sql).approvalRequestId();
  }

  private static void approve(String id) {
    assertInstanceOf(Answer.Granted.class, approvals().approve(id, DORA, null));
  }

  private static String count(String status) throws SQLException {
    return database.truth("SELECT count(*) FROM orders WHERE status = '" + status + "'");
  }

  @Test
  void granted_runsOnceAndThenAsksAnew() throws Exception {
    String sql = "UPDATE orders SET status = 'paid' WHERE customer_id <= 20";
    String id = held(sql);
    assertEquals("0", count("paid"));
    approve(id);
    assertEquals(20, GuardedDatabase.update(connection, sql));
    assertEquals("20", count("paid"));
    assertNotEquals(id, held(sql));
  }

  @Test
  void moreRowsThanWereApproved_askAnew() throws Exception {
    String sql = "UPDATE orders SET status = 'sent' WHERE customer_id <= 20";
    String id = held(sql);
    approve(id);
    database
        .postgres()
        .execute(
            database.database(),
            "INSERT INTO orders (customer_id, status, total)"
                + " SELECT 1, 'new', n FROM generate_series(1, 40) n");
    String other = held(sql);
    assertNotEquals(id, other);
    assertEquals("0", count("sent"));
    approve(other);
    assertEquals(60, GuardedDatabase.update(connection, sql));
  }

  @Test
  void people_areToldTheNumberAndTheAgentIsNot() {
    String sql = "UPDATE orders SET status = 'told' WHERE customer_id <= 17";
    StatementHeldException e = refused(sql);
    assertFalse(String.valueOf(e.getMessage()).contains("17 rows"), e.getMessage());
    String told =
        approvals().find(e.approvalRequestId()).orElseThrow().request().verdicts().toString();
    assertTrue(told.contains("it changed 17 rows") && told.contains("up to 20"), told);
  }

  @Test
  void changedValue_needsItsOwn() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE orders SET status = ? WHERE customer_id <= ?")) {
      statement.setString(1, "bound");
      statement.setInt(2, 15);
      StatementHeldException e =
          assertThrows(StatementHeldException.class, statement::executeUpdate);
      approve(e.approvalRequestId());
      statement.setInt(2, 16);
      assertThrows(StatementHeldException.class, statement::executeUpdate);
      statement.setInt(2, 15);
      assertEquals(15, statement.executeUpdate());
    }
  }

  @Test
  void heldInATransaction_failsItAndRunsWhenSentAgain() throws Exception {
    connection.setAutoCommit(false);
    GuardedDatabase.update(connection, "UPDATE orders SET status = 'first' WHERE customer_id = 1");
    String sql = "UPDATE orders SET status = 'then' WHERE customer_id <= 12";
    approve(held(sql));
    connection.rollback();
    assertEquals("0", count("first"));
    GuardedDatabase.update(connection, "UPDATE orders SET status = 'first' WHERE customer_id = 1");
    assertEquals(12, GuardedDatabase.update(connection, sql));
    connection.commit();
    assertEquals("12", count("then"));
  }

  @Test
  void turnedDown_saysWhoAndLeavesNothing() throws Exception {
    String sql = "DELETE FROM orders WHERE customer_id <= 30";
    approvals().refuse(held(sql), DORA, "month end");
    assertThrows(StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql));
    assertEquals("50", database.truth("SELECT count(*) FROM orders"));
  }

  @Test
  void grantedWhileItWaits_runsByItself(@TempDir Path own) throws Exception {
    try (GuardedDatabase patient = new GuardedDatabase("effect_waits", own)) {
      patient.policy(POLICY);
      patient.config("10m");
      try (Connection waiting = patient.connect()) {
        CompletableFuture<Void> reviewer =
            CompletableFuture.runAsync(() -> approveFirst(patient.guard().approvals()));
        assertEquals(
            25,
            GuardedDatabase.update(
                waiting, "UPDATE orders SET status = 'waited' WHERE customer_id <= 25"));
        reviewer.get();
      }
      assertEquals("25", patient.truth("SELECT count(*) FROM orders WHERE status = 'waited'"));
      assertEquals(1, patient.logged("StatementUndone").size());
      assertEquals(1, patient.logged("ApprovalRedeemed").size());
    }
  }

  private static void approveFirst(Approvals asked) {
    while (asked.pending().isEmpty()) {
      Thread.onSpinWait();
    }
    asked.approve(asked.pending().get(0).request().id(), DORA, null);
  }
}
