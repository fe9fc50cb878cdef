package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch runs as one, so people are asked for all that they have to approve of it. */
class HeldBatchIT {
  private static final Principal DORA =
      new Principal("dora@example.com", Set.of("dba"), null, null);
  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("batches", directory);
    connection = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  private static Approvals approvals() {
    return database.guard().approvals();
  }

  private static void approve(String id) {
    assertInstanceOf(Answer.Granted.class, approvals().approve(id, DORA, null));
  }

  private static String status(int order) throws Exception {
    return database.truth("SELECT status FROM orders WHERE id = " + order);
  }

  @Test
  void batch_asksForAllItsHeldElementsTogether() throws Exception {
    String first = "UPDATE orders SET status = 'batch' WHERE id = 41";
    String other = "UPDATE orders SET status = 'batch' WHERE id = 42";
    BatchUpdateException e = assertThrows(BatchUpdateException.class, () -> batch(first, other));
    assertTrue(String.valueOf(e.getMessage()).startsWith("Batch entry 1 "), e.getMessage());
    String id = assertInstanceOf(StatementHeldException.class, e.getCause()).approvalRequestId();
    assertEquals(2, waitingFor("'batch'").size());
    approve(id);
    e = assertThrows(BatchUpdateException.class, () -> batch(first, other));
    assertTrue(String.valueOf(e.getMessage()).startsWith("Batch entry 2 "), e.getMessage());
    waitingFor("id = 42").forEach(HeldBatchIT::approve);
    assertArrayEquals(new int[] {1, 1, 1}, batch(first, other));
    assertEquals("batch", status(41));
    assertEquals("batch", status(42));
    assertEquals("1", database.truth("SELECT count(*) FROM notes WHERE body = 'in the batch'"));
  }

  private int[] batch(String... held) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO notes (body) VALUES ('in the batch')");
      for (String one : held) {
        statement.addBatch(one);
      }
      return statement.executeBatch();
    }
  }

  private static List<String> waitingFor(String words) {
    return approvals().pending().stream()
        .map(one -> one.request())
        .filter(request -> request.text().contains(words))
        .map(ApprovalRequest::id)
        .toList();
  }

  @Test
  void clearedBatch_asksForNothing() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("UPDATE orders SET status = 'cleared' WHERE id = 43");
      statement.addBatch("UPDATE orders SET status = 'cleared' WHERE id = 44");
      statement.clearBatch();
      statement.addBatch("INSERT INTO notes (body) VALUES ('after')");
      statement.addBatch("INSERT INTO notes (body) VALUES ('after')");
      assertArrayEquals(new int[] {1, 1}, statement.executeBatch());
    }
    assertEquals(List.of(), waitingFor("cleared"));
  }

  @Test
  void refusedElement_saysWhichAndNobodyIsAsked() throws Exception {
    BatchUpdateException e =
        assertThrows(
            BatchUpdateException.class,
            () -> batch("UPDATE orders SET status = 'odd' WHERE id = 45", "DROP TABLE notes"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("Batch entry 2 "), e.getMessage());
    StatementRefusedException refused =
        assertInstanceOf(StatementRefusedException.class, e.getCause());
    assertEquals("no-drop", refused.rule().orElseThrow());
    assertEquals(List.of(), waitingFor("'odd'"));
  }
}
