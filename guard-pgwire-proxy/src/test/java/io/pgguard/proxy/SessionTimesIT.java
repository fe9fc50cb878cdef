package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Sessions end by themselves where the configuration says so, and never within a transaction. */
class SessionTimesIT {
  @TempDir Path directory;

  @Test
  void idleSession_isToldAndEnded() throws Exception {
    try (GuardedProxy guarded =
            new GuardedProxy("idle", directory, "  limits: { idleTime: 200ms }");
        Connection connection = guarded.connect("")) {
      PGConnection waiting = connection.unwrap(PGConnection.class);
      String state = "";
      while (state.isEmpty()) { // reads what the server says by itself
        try {
          waiting.getNotifications(1000);
        } catch (SQLException e) {
          state = String.valueOf(e.getSQLState());
        }
      }
      assertEquals("57P05", state);
    }
  }

  @Test
  void transaction_isNotIdle_andASessionsTimeEndsBehindIt() throws Exception {
    try (GuardedProxy guarded =
            new GuardedProxy("over", directory, "  limits: { idleTime: 1s, sessionTime: 1s }");
        Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO notes (body) VALUES ('kept')");
      statement.execute("SELECT pg_sleep(2.5)"); // the server's own clock says that both are over
      statement.execute("INSERT INTO notes (body) VALUES ('kept too')");
      connection.commit();
      SQLException ended = null;
      while (ended == null) {
        try {
          connection.setAutoCommit(true);
          statement.execute("SELECT 1");
        } catch (SQLException e) {
          ended = e;
        }
      }
      assertTrue(
          java.util.Set.of("57P01", "57P05", "08006").contains(ended.getSQLState()),
          ended.toString());
      try (Connection direct = guarded.direct();
          java.sql.ResultSet rows =
              direct.createStatement().executeQuery("SELECT count(*) FROM notes")) {
        assertTrue(rows.next());
        assertEquals(2, rows.getInt(1));
      }
    }
  }
}
