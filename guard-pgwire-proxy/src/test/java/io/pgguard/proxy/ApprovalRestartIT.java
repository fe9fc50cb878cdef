package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Approvals;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for people survives the proxy, where the configuration gives it a place. */
class ApprovalRestartIT {
  private static final String UPDATE = "UPDATE notes SET body = 'held' WHERE id = -1";

  @TempDir Path directory;

  @Test
  void requestOutlivesTheProxy_andItsStatementRunsOnce() throws Exception {
    try (GuardedProxy guarded = new GuardedProxy("restart", directory, "")) {
      guarded.replaced(
          "approval: { wait: 20s }", "approval: { wait: 10ms, store: { directory: approvals } }");
      held(guarded);
      String id = waiting(guarded).get(0);
      guarded.replaced(
          "approval: { wait: 20s }", "approval: { wait: 10ms, store: { directory: approvals } }");
      assertEquals(List.of(id), waiting(guarded));
      assertTrue(held(guarded).contains(id), "the same request is joined");
      guarded.approveAll();
      guarded.replaced(
          "approval: { wait: 20s }", "approval: { wait: 10ms, store: { directory: approvals } }");
      try (Connection connection = guarded.connect("");
          Statement statement = connection.createStatement()) {
        assertEquals(0, statement.executeUpdate(UPDATE));
      }
      assertTrue(!held(guarded).contains(id), "used once");
    }
  }

  private static List<String> waiting(GuardedProxy guarded) {
    Approvals approvals = guarded.proxy().guard().approvals();
    return approvals.pending().stream().map(one -> one.request().id()).toList();
  }

  private static String held(GuardedProxy guarded) throws SQLException {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      SQLException held = assertThrows(SQLException.class, () -> statement.executeUpdate(UPDATE));
      assertEquals("42501", held.getSQLState());
      return String.valueOf(held.getMessage());
    }
  }
}
