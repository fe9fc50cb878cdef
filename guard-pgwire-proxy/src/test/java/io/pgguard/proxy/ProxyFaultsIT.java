package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The proxy's process is killed, and its disk fills. */
@EnabledOnOs(OS.LINUX)
class ProxyFaultsIT {
  @TempDir Path directory;
  private GuardedProxy guarded;

  @BeforeEach
  void start() throws Exception {
    guarded = new GuardedProxy("killed", directory, "");
    guarded.stopProxy();
  }

  @AfterEach
  void stop() throws Exception {
    guarded.close();
    LogLook.verifies(directory);
  }

  @Test
  void kill_leavesNoBackendAndTheLogTellsWhoWasThere() throws Exception {
    Path config = directory.resolve("guard.yaml");
    Set<String> opened;
    try (ProxyProcess process = ProxyProcess.start(config, List.of());
        RawWire idle = RawWire.ready(process.port());
        RawWire running = RawWire.ready(process.port());
        RawWire transaction = RawWire.ready(process.port());
        RawWire copy = RawWire.ready(process.port());
        RawWire waiting = RawWire.ready(process.port())) {
      transaction.send(new Query("BEGIN; INSERT INTO notes (body) VALUES ('lost')"));
      transaction.await('Z');
      copy.send(new Query("COPY notes (body) FROM STDIN"));
      copy.await('G');
      copy.send(new CopyData("lost\n".getBytes(StandardCharsets.UTF_8)));
      waiting.send(new Query("UPDATE notes SET body = 'held'"));
      waiting.await('N');
      idle.send(new Query("INSERT INTO notes (body) VALUES ('kept')"));
      idle.await('Z');
      running.send(new Query("SELECT pg_sleep(600)"));
      while (guarded.logged("StatementDecided", "pg_sleep(600)").isEmpty()) {
        Thread.onSpinWait();
      }
      process.kill();
      opened = LogLook.sessions(guarded, "SessionOpened");
      assertEquals(5, opened.size());
    }
    guarded.awaitBackends(0, "true");
    guarded.startProxy();
    assertEquals(opened, LogLook.sessions(guarded, "SessionLost"));
    try (Connection connection = guarded.connect("");
        ResultSet notes =
            connection.createStatement().executeQuery("SELECT string_agg(body, ',') FROM notes")) {
      assertTrue(notes.next());
      assertEquals("kept", notes.getString(1));
    }
    assertTrue(guarded.proxy().guard().approvals().pending().isEmpty());
  }

  @Test
  void fullDisk_refusesStatementsAndNothingRunsUnlogged() throws Exception {
    // A limit on the size of files stands for a full disk: writes end in the middle with an error.
    List<String> limited = List.of("bash", "-c", "ulimit -f 200; exec \"$@\"", "limited");
    int logged = 0;
    try (ProxyProcess process = ProxyProcess.start(directory.resolve("guard.yaml"), limited);
        Connection connection = connect(process);
        Statement statement = connection.createStatement()) {
      int refused = 0;
      while (refused < 3) {
        try {
          statement.execute(
              "INSERT INTO notes (body) VALUES ('" + "x".repeat(3000) + " " + logged + "')");
          logged++;
        } catch (SQLException e) {
          assertEquals("58030", e.getSQLState(), e.getMessage());
          refused++;
        }
      }
    }
    guarded.startProxy();
    try (Connection connection = guarded.connect("");
        ResultSet notes = connection.createStatement().executeQuery("SELECT count(*) FROM notes")) {
      assertTrue(notes.next());
      assertEquals(logged, notes.getInt(1));
    }
    assertTrue(guarded.logged("StatementDecided", "INSERT INTO notes").size() >= logged);
  }

  private static Connection connect(ProxyProcess process) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + process.port() + "/shop", "ana", GuardedProxy.PASSWORD);
  }
}
