package io.pgguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.ApprovalDesk;
import io.pgguard.GuardConfig;
import io.pgguard.approval.ApprovalAsk;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Opening;
import io.pgguard.approval.StatementDigest;
import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsCommandTest {
  private static final String TEXT = "DELETE FROM orders\nWHERE id = 1 --\u001b[2K\u202e";

  @TempDir Path directory;
  private String id = "";

  @BeforeEach
  void opened() throws IOException {
    write("approval: { store: { directory: approvals } }");
    try (ApprovalDesk desk = ApprovalDesk.open(GuardConfig.read(config()))) {
      id =
          ((Opening.Opened)
                  desk.approvals()
                      .open(
                          new ApprovalAsk(
                              "session",
                              new Principal("alice", Set.of("dba"), "assistant", null),
                              "app",
                              TEXT,
                              List.of("17"),
                              "m",
                              StatementDigest.of("alice", "app", TEXT, "m").digest(),
                              new Decision.RequireApproval(
                                  List.of(
                                      new Verdict(
                                          "held", Verdict.Outcome.APPROVE, "a change", null)),
                                  List.of(new Approvers(Set.of("dba"), 1)),
                                  Duration.ofMinutes(15),
                                  OptionalLong.empty()),
                              "to tidy up")))
              .request()
              .id();
    }
  }

  private Path config() {
    return directory.resolve("guard.yaml");
  }

  private void write(String more) throws IOException {
    Files.writeString(
        config(),
        "database: { user: u }\npolicy: policy.yaml\naudit: { directory: audit }\n" + more + "\n");
  }

  private record Run(int code, String out, String err) {}

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("approvals"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", config().toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        GuardCommand.run(
            all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }

  private ApprovalCase kept() {
    try (ApprovalDesk desk = ApprovalDesk.open(GuardConfig.read(config()))) {
      return desk.approvals().find(id).orElseThrow();
    }
  }

  @Test
  void waitingRequest_isListedAndShownWithoutWhatATerminalWouldObey() {
    assertTrue(run("list").out().startsWith(id + "  PENDING  alice  DELETE FROM orders"));
    String shown = run("show", id).out();
    assertTrue(shown.contains("DELETE FROM orders\nWHERE id = 1 --\\u{1b}[2K\\u{202e}"), shown);
    assertTrue(shown.contains("$1: 17"), shown);
    assertTrue(shown.contains("intent: to tidy up"), shown);
    assertTrue(shown.contains("agent: assistant"), shown);
  }

  @Test
  void approval_isCountedAndLogged() throws IOException {
    Run run = run("approve", id, "--as", "bob", "--group", "dba", "--comment", "fine");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("it may run once"), run.out());
    assertEquals("bob", kept().approvals().get(0).by().subject());
    assertTrue(run("list").out().contains("nothing waits"));
    assertTrue(run("list", "--all").out().startsWith(id + "  GRANTED"));
    try (Stream<Path> files = Files.list(directory.resolve("audit-approvals"))) {
      StringBuilder log = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        log.append(Files.readString(file));
      }
      assertTrue(log.toString().contains("ApprovalDecided"), log.toString());
    }
    assertEquals(0, run("revoke", id, "--as", "bob", "--group", "dba").code());
    assertTrue(kept().refusal() != null);
  }

  @Test
  void wordThatDoesNotCount_fails() {
    Run own = run("approve", id, "--as", "Alice", "--group", "dba");
    assertEquals(1, own.code());
    assertTrue(own.err().contains("is your own"), own.err());
    assertEquals(1, run("approve", id, "--as", "eve").code());
    assertEquals(1, run("show", "apr-none").code());
    assertFalse(kept().version() > 0);
    assertEquals(2, run("refuse", id).code(), "whose word it is has to be said");
    assertEquals(0, run("refuse", id, "--as", "bob", "--group", "dba", "--reason", "no").code());
  }

  @Test
  void memory_cannotBeAnsweredFromHere() throws IOException {
    write("");
    Run run = run("list");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("set approval.store"), run.err());
  }
}
