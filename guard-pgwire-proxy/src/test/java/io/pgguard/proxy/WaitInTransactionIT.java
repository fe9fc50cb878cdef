package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inside a transaction, whose locks others wait for, a held statement waits for people no longer
 * than {@code approval.waitInTransaction}; a pipeline without Sync has one open too.
 */
@Timeout(600)
class WaitInTransactionIT {
  private static final String HELD = "UPDATE notes SET body = 'held' WHERE id = -1";

  @TempDir Path directory;
  private GuardedProxy guarded;

  @BeforeEach
  void start() throws SQLException, IOException {
    guarded =
        new GuardedProxy("patience", directory, "")
            .replaced("wait: 20s", "wait: 24h, waitInTransaction: 1ms");
  }

  @AfterEach
  void stop() throws SQLException {
    guarded.close();
  }

  @Test
  void insideATransaction_theRequestIsToldAndTheTransactionFails() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      SQLException refused = assertThrows(SQLException.class, () -> statement.executeUpdate(HELD));
      assertEquals("42501", refused.getSQLState());
      assertTrue(String.valueOf(refused.getMessage()).contains("apr-"), refused.getMessage());
      SQLException failed = assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
      assertEquals("25P02", failed.getSQLState());
    }
  }

  /** Whoever comes back after people have decided needs no session of before. */
  @Test
  void clientThatGoesAfterTheWait_takesNothingBack() throws Exception {
    Connection connection = guarded.connect("");
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThrows(SQLException.class, () -> statement.executeUpdate(HELD));
      connection.abort(Runnable::run);
    }
    guarded.awaitBackends(0, "application_name LIKE 'guard:%'");
    assertEquals(1, guarded.proxy().guard().approvals().pending().size());
  }

  @Test
  void firstStatementOfATransaction_too() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // BEGIN goes out together with the statement
      SQLException refused = assertThrows(SQLException.class, () -> statement.executeUpdate(HELD));
      assertTrue(String.valueOf(refused.getMessage()).contains("apr-"), refused.getMessage());
    }
  }

  @Test
  void insideAPipeline_too() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      statement.addBatch("SET application_name = 'pipeline'");
      statement.addBatch(HELD);
      SQLException refused = assertThrows(SQLException.class, statement::executeBatch);
      assertTrue(String.valueOf(refused.getMessage()).contains("apr-"), refused.getMessage());
    }
  }

  @Test
  void outsideATransaction_itWaitsForPeople() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Void> approved = CompletableFuture.runAsync(this::approve);
      assertEquals(0, statement.executeUpdate(HELD));
      approved.get();
    }
  }

  private void approve() {
    while (guarded.proxy().guard().approvals().pending().isEmpty()) {
      Thread.onSpinWait();
    }
    guarded.approveAll();
  }
}
