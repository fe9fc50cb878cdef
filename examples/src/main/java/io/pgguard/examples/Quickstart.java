package io.pgguard.examples;

import io.pgguard.Guard;
import io.pgguard.GuardContext;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.identity.Principal;
import io.pgguard.jdbc.GuardDriver;
import io.pgguard.jdbc.StatementRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Runs an agent's session through Guard on a real PostgreSQL and prints what the agent sees. Exit
 * code 0 only if all of it went as told. With {@code --keep} the database stays up until the
 * program is interrupted.
 */
public final class Quickstart {
  private static final String UPDATE = "UPDATE orders SET status = 'shipped' WHERE id = 1";

  private final Transcript transcript;
  private final DemoDatabase database;
  private final DecisionLog log;

  private Quickstart(Transcript transcript, DemoDatabase database) {
    this.transcript = transcript;
    this.database = database;
    this.log = new DecisionLog(database.auditDirectory());
  }

  public static void main(String[] arguments) throws Exception {
    String mode = arguments.length == 0 ? "" : arguments[0];
    if (arguments.length > 1 || !List.of("", "--keep", "--proxy").contains(mode)) {
      System.err.println("usage: quickstart [--keep | --proxy]");
      System.exit(2);
    }
    boolean keep = mode.equals("--keep");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path directory = Files.createTempDirectory("guard-quickstart-");
    if (mode.equals("--proxy")) {
      serve(out, directory);
      return;
    }
    Transcript transcript = new Transcript(out);
    transcript.title("PostgreSQL starts, and the demo schema is loaded");
    DemoDatabase database = DemoDatabase.start(directory);
    transcript.line("the agent's URL: " + database.url());
    new Quickstart(transcript, database).run(directory);
    out.println();
    if (transcript.failures() > 0) {
      out.println(transcript.failures() + " checks FAILED");
      System.exit(1);
    }
    out.println("All of it went as told.");
    if (keep) {
      keep(out, database);
    }
    System.exit(0);
  }

  private static void keep(PrintStream out, DemoDatabase database) throws InterruptedException {
    out.println();
    out.println("The database stays up until you press Ctrl-C.");
    out.println("  through Guard:  " + database.url() + "&guard.subject=you@example.com");
    out.println(
        "                  (driver class io.pgguard.jdbc.GuardDriver, no user, no password)");
    out.println("  past Guard:     " + database.psql());
    out.println("  configuration:  " + database.config());
    out.println("  audit log:      " + database.auditDirectory());
    out.println("  recordings:     " + database.recordingDirectory());
    new CountDownLatch(1).await();
  }

  /** The database and the proxy, for whatever client the reader has at hand. */
  private static void serve(PrintStream out, Path directory) throws Exception {
    DemoDatabase database = DemoDatabase.start(directory);
    DemoProxy proxy = DemoProxy.start(database, directory);
    out.println("The database and the proxy are up until you press Ctrl-C.");
    out.println("  through Guard:  " + proxy.psql());
    out.println("  past Guard:     " + database.psql());
    out.println("  configuration:  " + directory.resolve("proxy.yaml"));
    out.println("  audit log:      " + directory.resolve("audit-proxy"));
    out.println("Try: SELECT * FROM customers LIMIT 3;   DROP TABLE orders;");
    new CountDownLatch(1).await();
  }

  private void run(Path directory) throws Exception {
    Properties who = new Properties();
    who.setProperty("guard.subject", "ana@example.com");
    who.setProperty("guard.groups", "analysts");
    who.setProperty("guard.agent", "report-writer");
    who.setProperty("guard.model", "demo-model-1");
    try (Connection connection = DriverManager.getConnection(database.url(), who)) {
      transcript.title("What the agent reads");
      for (Step step : DemoSteps.reads()) {
        run(connection, step);
      }
      transcript.title("What the policy refuses");
      for (Step step : DemoSteps.refusals()) {
        run(connection, step);
      }
      withIntent(connection);
      approval(connection);
    }
    overTheWire(directory);
    Guard guard = GuardDriver.guard(database.config());
    guard.close();
    new Evidence(transcript, database).show();
  }

  /** The same decisions for a client that has no part of Guard in it. */
  private void overTheWire(Path directory) throws SQLException, IOException {
    transcript.title("Over the wire: a plain PostgreSQL client at the proxy's port");
    try (DemoProxy proxy = DemoProxy.start(database, directory);
        Connection connection = proxy.connect();
        Statement statement = connection.createStatement()) {
      transcript.line("for a shell: " + proxy.psql());
      String read = "SELECT name, ssn, email FROM customers ORDER BY id";
      transcript.step("The same masks", read);
      try (ResultSet result = statement.executeQuery(read)) {
        List<String> first = transcript.rows(result);
        transcript.check(
            first.equals(List.of("Blaise Costa", "*******0001", "c***@mail.example")),
            "the first row is masked");
      }
      String drop = "DROP TABLE orders";
      transcript.step("The same refusals, and the connection goes on", drop);
      refused(statement, drop);
      transcript.check(statement.execute("SELECT 1"), "the next statement ran");
    }
  }

  private void refused(Statement statement, String sql) {
    try {
      statement.execute(sql);
      transcript.check(false, "it should have been refused");
    } catch (SQLException e) {
      transcript.error(e);
      transcript.check("42501".equals(e.getSQLState()), "refused with 42501");
    }
  }

  private void run(Connection connection, Step step) throws SQLException, IOException {
    transcript.step(step.title(), step.sql());
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(step.sql());
      told(step.sql());
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          List<String> first = transcript.rows(result);
          transcript.check(
              !step.refused() && first.equals(step.first()), "the first row is " + step.first());
        }
      } else {
        transcript.check(false, "nothing but rows was expected");
      }
    } catch (SQLException e) {
      DecisionLog.Decided decided = told(step.sql());
      transcript.error(e);
      transcript.check(
          step.refused()
              && "42501".equals(e.getSQLState())
              && decided.rules().contains(step.rule()),
          step.refused() ? "refused by " + step.rule() : "it should have run");
    }
  }

  private DecisionLog.Decided told(String sql) throws IOException {
    String last =
        sql.substring(sql.lastIndexOf(';') + 1).strip(); // the log has each statement of a text
    DecisionLog.Decided decided = log.last(last);
    transcript.decision(decided.toString());
    return decided;
  }

  private void withIntent(Connection connection) throws SQLException, IOException {
    transcript.title("A statement with a stated intent");
    String sql = "SELECT status, count(*) FROM orders GROUP BY status ORDER BY status";
    try (var scope = GuardContext.intent("weekly order report for the sales team").open()) {
      run(connection, Step.rows("Within a GuardContext", sql, "new", "2500"));
    }
    transcript.check(
        log.intent(sql).equals("weekly order report for the sales team"),
        "the intent is in the log");
  }

  private void approval(Connection connection) throws Exception {
    transcript.title("An UPDATE that needs approval");
    Guard guard = GuardDriver.guard(database.config());
    transcript.step("Held until a person decides; a second principal approves it", UPDATE);
    CompletableFuture<ApprovalRequest> reviewer =
        CompletableFuture.supplyAsync(() -> approveNext(guard));
    try (Statement statement = connection.createStatement()) {
      int updated = statement.executeUpdate(UPDATE);
      told(UPDATE);
      transcript.line("approved request " + reviewer.get().id());
      transcript.check(updated == 1, "it ran once: " + updated + " row");
    }
    transcript.check(
        database.count("SELECT count(*) FROM orders WHERE id = 1 AND status = 'shipped'") == 1,
        "the row changed in the database");
    transcript.step("The same statement again: the grant is used up", UPDATE);
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<ApprovalRequest> refuser =
          CompletableFuture.supplyAsync(() -> refuseNext(guard));
      statement.executeUpdate(UPDATE);
      refuser.cancel(true);
      transcript.check(false, "it must not run twice on one approval");
    } catch (StatementRefusedException e) {
      told(UPDATE);
      transcript.error(e);
      transcript.check(
          e.approvalRequestId().isPresent(), "a new request was needed, and it was refused");
    }
  }

  private static ApprovalRequest approveNext(Guard guard) {
    ApprovalRequest request = Pending.next(guard.approvals());
    guard.approvals().approve(request.id(), dba(), "checked with the warehouse");
    return request;
  }

  private static ApprovalRequest refuseNext(Guard guard) {
    ApprovalRequest request = Pending.next(guard.approvals());
    guard.approvals().refuse(request.id(), dba(), "once is enough");
    return request;
  }

  private static Principal dba() {
    return new Principal("dora@example.com", Set.of("dba"), null, null);
  }
}
