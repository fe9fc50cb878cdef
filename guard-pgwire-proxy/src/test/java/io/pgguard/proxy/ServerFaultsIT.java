package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The database goes, or says nothing, whatever it was doing. */
@EnabledOnOs(OS.LINUX)
class ServerFaultsIT {
  private static final String APPROVED =
      "UPDATE notes SET body = body WHERE id = 1 AND pg_sleep(600) IS NOT NULL";

  @TempDir static Path directory;
  private static OwnServer server;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    server = new OwnServer(directory.resolve("data"));
    guarded = new GuardedProxy(server.postgres(), "faults", directory.resolve("guard"), "", "");
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement()) {
      statement.execute("INSERT INTO notes (body) VALUES ('first')");
    }
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    guarded.close();
    server.close();
    LogLook.verifies(directory.resolve("guard"));
  }

  private static RawWire ready() throws IOException {
    return RawWire.ready(guarded.port());
  }

  private static String first(String sql) throws SQLException {
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "none";
    }
  }

  /** What the server says last, and that it ends. */
  private static String untilEnd(RawWire client) throws IOException {
    String last = "nothing";
    while (true) {
      RawWire.Said said = client.read();
      if (said.type() == '\0') {
        return last;
      }
      last = said.type() + " " + said.text();
    }
  }

  private static ApprovalCase pending() {
    while (true) {
      List<ApprovalCase> waiting = guarded.proxy().guard().approvals().pending();
      if (!waiting.isEmpty()) {
        return waiting.get(0);
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void immediateShutdown_endsEverySessionWhateverItDoes() throws Exception {
    try (RawWire result = ready();
        RawWire transaction = ready();
        RawWire copy = ready();
        RawWire approved = ready();
        RawWire waiting = ready();
        RawWire login = RawWire.plain(guarded.port());
        Connection holder = guarded.direct()) {
      result.send(new Query("SELECT repeat('x', 100000) FROM generate_series(1, 1000)"));
      result.await('D');
      transaction.send(new Query("BEGIN"), new Query("INSERT INTO notes (body) VALUES ('lost')"));
      transaction.await('Z');
      transaction.await('Z');
      copy.send(new Query("COPY notes (body) FROM STDIN"));
      copy.await('G');
      copy.send(new CopyData("one line\n".getBytes(StandardCharsets.UTF_8)));
      approved.send(new Query(APPROVED));
      pending();
      guarded.approveAll();
      guarded.awaitBackends(1, "state = 'active' AND query LIKE 'UPDATE notes%'");
      waiting.send(new Query("UPDATE notes SET body = 'waits' WHERE id = 1"));
      String request = pending().request().id();
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE pg_authid IN ACCESS EXCLUSIVE MODE");
      login.logIn(StartupMessage.VERSION_3_0);

      server.crash();
      for (RawWire each : List.of(result, transaction, copy, approved, waiting, login)) {
        String told = untilEnd(each);
        assertTrue(
            told.contains("C57P0") || each == result || told.contains("C08") || each == login,
            "the client is told why: " + told);
      }
      server.restart();

      while (guarded.proxy().guard().approvals().status(request).orElseThrow()
          != ApprovalCase.Status.REFUSED) {
        Thread.onSpinWait();
      }
    }
    while (!LogLook.sessions(guarded, "SessionClosed")
        .equals(LogLook.sessions(guarded, "SessionOpened"))) {
      Thread.onSpinWait();
    }
    LogLook.oneEndEach(guarded);
    assertEquals("first", first("SELECT string_agg(body, ',') FROM notes"));
    approvalIsNotUsedAgain();
    guarded.awaitBackends(0, "application_name LIKE 'guard:%'");
  }

  private static void approvalIsNotUsedAgain() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Boolean> again =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.execute(APPROVED);
                } catch (SQLException e) {
                  return false;
                }
              });
      pending();
      statement.cancel();
      assertTrue(!again.join());
    }
  }

  @Test
  void serverThatStands_disturbsNobodyElseAndHoldsNoClient() throws Exception {
    try (RawWire client = RawWire.loggedIn(guarded.port(), StartupMessage.VERSION_3_0);
        Connection other = guarded.connect("")) {
      MessageReader key = client.await('K').reader();
      CancelRequest cancels = new CancelRequest(key.int32(), key.bytes(4));
      client.await('Z');
      client.send(new Query("SELECT pg_backend_pid()"));
      String row = client.await('D').text();
      long backend = Long.parseLong(row.replaceAll("[^0-9]", ""));
      client.await('Z');
      OwnServer.signal("STOP", backend);
      try {
        client.send(new Query("SELECT 1"));
        try (RawWire cancel = RawWire.plain(guarded.port())) {
          cancel.send(cancels);
          assertEquals(-1, cancel.readByte());
        }
        assertTrue(other.isValid(20));
        int before = LogLook.sessions(guarded, "SessionClosed").size();
        client.close();
        while (LogLook.sessions(guarded, "SessionClosed").size() == before) {
          Thread.onSpinWait();
        }
        assertTrue(other.isValid(20));
      } finally {
        OwnServer.signal("CONT", backend);
      }
      guarded.awaitBackends(0, "pid = " + backend);
    }
  }
}
