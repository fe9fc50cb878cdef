package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a proxy, and what becomes of its clients then. */
class OperationIT {
  @TempDir Path directory;
  private GuardedProxy guarded;

  @BeforeEach
  void start() throws SQLException, IOException {
    guarded =
        new GuardedProxy(
            "operation",
            directory,
            "  health: \"127.0.0.1:0\"\n  limits: { sessionsPerPrincipal: 3, loginTime: 30s }");
  }

  @AfterEach
  void stop() throws SQLException {
    guarded.close();
  }

  private CompletableFuture<Integer> held(Statement statement) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return statement.executeUpdate("UPDATE notes SET body = 'held' WHERE id = -1");
          } catch (SQLException e) {
            throw new CompletionException(e);
          }
        });
  }

  private ApprovalCase pending() {
    while (true) {
      List<ApprovalCase> waiting = guarded.proxy().guard().approvals().pending();
      if (!waiting.isEmpty()) {
        return waiting.get(0);
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void heldStatement_saysSoAtOnceAndRunsOnceItIsApproved() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Integer> update = held(statement);
      String id = pending().request().id();
      guarded
          .proxy()
          .guard()
          .approvals()
          .approve(id, new Principal("dan", Set.of("dba"), null, null), null);
      assertEquals(0, update.join());
      assertNotNull(statement.getWarnings());
      String told = String.valueOf(statement.getWarnings().getMessage());
      assertTrue(told.contains(id), told);
    }
  }

  @Test
  void revokedApproval_endsWhatRunsOnIt() throws Exception {
    Principal dan = new Principal("dan", Set.of("dba"), null, null);
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes (body) VALUES ('before')");
      CompletableFuture<SQLException> update =
          CompletableFuture.supplyAsync(
              () ->
                  assertThrows(
                      SQLException.class,
                      () ->
                          statement.executeUpdate("UPDATE notes SET body = pg_sleep(600)::text")));
      Approvals approvals = guarded.proxy().guard().approvals();
      String id = pending().request().id();
      approvals.approve(id, dan, null);
      while (approvals.status(id).orElseThrow() != ApprovalCase.Status.USED) {
        Thread.onSpinWait();
      }
      assertInstanceOf(Answer.Revoked.class, approvals.revoke(id, dan, "the wrong table"));
      SQLException ended = update.join();
      assertEquals("57014", ended.getSQLState());
      assertTrue(String.valueOf(ended.getMessage()).contains("the wrong table"), ended.toString());
      try (ResultSet left = statement.executeQuery("SELECT body FROM notes")) {
        assertTrue(left.next());
        assertEquals("before", left.getString(1));
      }
      assertEquals(1, guarded.logged("ApprovalRevoked", id).size());
    }
  }

  @Test
  void cancelOfAHeldStatement_takesTheRequestBack() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Integer> update = held(statement);
      String id = pending().request().id();
      statement.cancel();
      assertThrows(CompletionException.class, update::join);
      assertEquals(
          ApprovalCase.Status.REFUSED,
          guarded.proxy().guard().approvals().status(id).orElseThrow());
      assertTrue(statement.execute("SELECT 1"));
    }
  }

  @Test
  void clientThatLeavesAHeldStatement_takesTheRequestBack() throws Exception {
    Connection connection = guarded.connect("");
    CompletableFuture<Integer> update = held(connection.createStatement());
    String id = pending().request().id();
    connection.abort(Runnable::run);
    assertThrows(CompletionException.class, update::join);
    while (!guarded
        .proxy()
        .guard()
        .approvals()
        .status(id)
        .orElseThrow()
        .equals(ApprovalCase.Status.REFUSED)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void clientThatVanishes_leavesNoBackend() throws Exception {
    Connection connection = guarded.connect("");
    CompletableFuture<Void> gone =
        CompletableFuture.runAsync(
            () ->
                assertThrows(
                    SQLException.class,
                    () -> connection.createStatement().execute("SELECT pg_sleep(600)")));
    guarded.awaitBackends(1, "state = 'active' AND query LIKE 'SELECT pg_sleep%'");
    connection.abort(Runnable::run);
    gone.join();
    guarded.awaitBackends(
        0,
        "application_name NOT IN ('guard', 'PostgreSQL JDBC Driver')"
            + " OR query LIKE 'SELECT pg_sleep%'");
  }

  @Test
  void sessionsOverTheLimit_areRefusedAndPlacesComeBack() throws Exception {
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(guarded.connect(""));
    }
    SQLException refused = assertThrows(SQLException.class, () -> guarded.connect(""));
    assertEquals("53300", refused.getSQLState());
    for (Connection each : open) {
      each.close();
    }
    while (true) {
      try (Connection again = guarded.connect("")) {
        assertTrue(again.isValid(5));
        return;
      } catch (SQLException e) {
        assertEquals("53300", e.getSQLState());
      }
    }
  }

  @Test
  void drain_endsIdleSessionsAndLetsTransactionsFinish() throws Exception {
    try (Connection idle = guarded.connect("");
        Connection busy = guarded.connect("");
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("INSERT INTO notes (body) VALUES ('before the end')");
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> guarded.proxy().drain(Duration.ofSeconds(60)));
      while (idle.isValid(5)) {
        Thread.onSpinWait();
      }
      assertThrows(SQLException.class, () -> guarded.connect(""));
      assertFalse(drained.isDone());
      statement.execute("INSERT INTO notes (body) VALUES ('at the end')");
      busy.commit();
      assertTrue(drained.join());
    }
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM notes")) {
      assertTrue(result.next());
      assertEquals(2, result.getInt(1));
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    InetSocketAddress at = guarded.proxy().healthAddress().orElseThrow();
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  @Test
  void healthAndMetrics_tellHowItGoes() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT ssn FROM customers").close();
      assertThrows(SQLException.class, () -> statement.execute("DROP TABLE notes"));
      assertEquals("200 ok\n", get("/healthz"));
      assertEquals("200 ready\n", get("/readyz"));
      String metrics = get("/metrics");
      for (String line :
          List.of(
              "guard_sessions 1.0",
              "guard_logins_total{outcome=\"joined\"} 1.0",
              "guard_statements_total{decision=\"deny\",rule=\"no-drop\"} 1.0",
              "guard_results_masked_total 1.0",
              "guard_statement_time_seconds_count")) {
        assertTrue(metrics.contains(line), line + " is not in " + metrics);
      }
    }
    boolean unused = guarded.proxy().drain(Duration.ofSeconds(20));
    assertEquals("503 not ready\n", get("/readyz"));
  }

  @Test
  void reload_takesNewAccountsAndKeepsSessions() throws Exception {
    try (Connection before = guarded.connect("");
        Statement statement = before.createStatement()) {
      guarded.proxy().reload(guarded.rewrite("another", ""));
      assertThrows(SQLException.class, () -> guarded.connect(""));
      try (Connection after = guarded.connect("ana", "another")) {
        assertTrue(after.isValid(5));
      }
      assertTrue(statement.execute("SELECT 1"));
    }
  }

  @Test
  void principal_isKnownToTheServer() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT current_setting('guard.principal'), current_setting('guard.agent')")) {
      assertTrue(result.next());
      assertEquals("ana@example.com", result.getString(1));
      assertEquals("report-bot", result.getString(2));
      for (String text :
          List.of(
              "SET guard.principal = 'eve'",
              "SELECT set_config('guard.principal', 'eve', false)",
              "SET LOCAL guard.agent TO 'eve'")) {
        SQLException refused =
            assertThrows(
                SQLException.class, () -> connection.createStatement().execute(text), text);
        assertEquals("42501", refused.getSQLState());
      }
      statement.execute("RESET guard.principal");
      try (ResultSet after = statement.executeQuery("SHOW guard.principal")) {
        assertTrue(after.next());
        assertEquals("ana@example.com", after.getString(1));
      }
    }
  }
}
