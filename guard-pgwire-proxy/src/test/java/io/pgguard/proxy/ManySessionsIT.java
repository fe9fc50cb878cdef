package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions that wait, and a few that do not. */
class ManySessionsIT {
  /** More than there are workers, fewer than the test server takes. */
  private static final int HELD = 80;

  @TempDir Path directory;
  private GuardedProxy guarded;

  @BeforeEach
  void start() throws SQLException, IOException {
    guarded = new GuardedProxy("many", directory, "");
  }

  @AfterEach
  void stop() throws SQLException {
    guarded.close();
  }

  @Test
  void sessionsThatWaitForPeople_holdNobodyElseAndNoThread() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(HELD);
    List<Connection> open = new ArrayList<>();
    try {
      List<Future<Integer>> updates = new ArrayList<>();
      for (int i = 0; i < HELD; i++) {
        Connection connection = guarded.connect("?protocolVersion=3.0");
        open.add(connection);
        String text = "UPDATE notes SET body = 'held' WHERE id = -" + i;
        updates.add(clients.submit(() -> connection.createStatement().executeUpdate(text)));
      }
      while (guarded.proxy().guard().approvals().pending().size() < HELD) {
        Thread.onSpinWait();
      }
      try (Connection free = guarded.connect("");
          Statement statement = free.createStatement()) {
        for (int i = 0; i < 50; i++) {
          try (ResultSet result = statement.executeQuery("SELECT " + i)) {
            assertTrue(result.next());
            assertEquals(i, result.getInt(1));
          }
        }
      }
      guarded.approveAll();
      for (Future<Integer> each : updates) {
        assertEquals(0, each.get());
      }
    } finally {
      for (Connection each : open) {
        each.close();
      }
      clients.shutdownNow();
    }
    String loops =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("guard-loop"))
            .collect(Collectors.joining(" "));
    assertTrue(loops.split(" ").length <= 2 * Runtime.getRuntime().availableProcessors(), loops);
  }

  @Test
  void backendThatIsEnded_endsItsClientWithWhatTheServerSaid() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement();
        Connection direct = guarded.direct();
        Statement admin = direct.createStatement()) {
      statement.execute("SELECT 1");
      try (ResultSet result =
          admin.executeQuery(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                  + " current_database() AND usename = '"
                  + guarded.agent()
                  + "' AND application_name <> 'guard'")) {
        assertTrue(result.next());
      }
      SQLException ended =
          assertThrows(
              SQLException.class,
              () -> {
                while (true) {
                  statement.execute("SELECT 1");
                }
              });
      assertTrue(List.of("57P01", "08006").contains(ended.getSQLState()), ended.toString());
    }
    try (Connection again = guarded.connect("")) {
      assertTrue(again.isValid(10));
    }
  }
}
