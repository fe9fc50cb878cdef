package io.pgguard.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgguard.audit.LogReader;
import io.pgguard.audit.LoggedValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a recording with what the audit log tells of its session. Not thread-safe. */
final class RecordingProver {
  private final Map<Integer, Recorded.Statement> statements = new HashMap<>();
  private final Map<Integer, Recorded.Completed> ends = new HashMap<>();
  private final Set<Integer> cuts = new HashSet<>();
  private final Set<Integer> decided = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private String session = "";
  private String subject = "";
  private String database = "";
  private final Set<Integer> told = new HashSet<>();
  private final Set<Integer> doubtful = new HashSet<>();

  static RecordingProof prove(Path recording, Path auditDirectory) throws IOException {
    RecordingProver prover = new RecordingProver();
    Recording.stream(recording, prover::take);
    LogReader.read(auditDirectory, entry -> prover.compare(entry.event()));
    prover.findUntold();
    Set<Integer> proved = new HashSet<>(prover.told);
    proved.removeAll(prover.doubtful);
    long cut = proved.stream().filter(prover.cuts::contains).count();
    return new RecordingProof(prover.decided.size(), proved.size(), cut, prover.problems);
  }

  private void take(Recorded piece) {
    if (piece instanceof Recorded.Opened p) {
      session = p.session();
      subject = p.principal().subject();
      database = p.database();
    } else if (piece instanceof Recorded.Statement p) {
      if (statements.put(p.statement(), p) != null) {
        doubt(p.statement(), "it is recorded twice");
      }
    } else if (piece instanceof Recorded.Completed p) {
      ends.put(p.statement(), p);
    } else if (piece instanceof Recorded.Cut p) {
      cuts.add(p.statement());
    } else if (piece instanceof Recorded.Torn p) {
      problems.add("the recording breaks off after " + p.offset() + " sound bytes");
    }
  }

  private void compare(JsonNode event) {
    if (!event.path("session").asText().equals(session)) {
      return;
    }
    int number = event.path("statement").asInt();
    switch (event.path("type").asText()) {
      case "StatementDecided" -> {
        decided.add(number);
        compareDecision(number, event);
      }
      case "StatementCompleted", "StatementFailed" -> compareResponse(number, event);
      case "SessionOpened" -> {
        differs(0, "principal", subject, event.path("principal").path("subject").asText());
        differs(0, "database", database, event.path("database").asText());
      }
      case "StatementAbandoned" -> told.add(number);
      default -> {} // nothing of it is in a recording
    }
  }

  private void compareDecision(int number, JsonNode event) {
    Recorded.Statement recorded = statements.get(number);
    if (recorded == null) {
      doubt(number, "it is not in the recording");
      return;
    }
    differs(number, "text", recorded.text(), event.path("text").asText());
    differs(number, "intent", recorded.intent(), optional(event.path("intent")));
    differs(number, "meaning", recorded.meaning(), event.path("meaning").asText());
    String outcome = recorded.outcome().name().toLowerCase(Locale.ROOT);
    differs(number, "decision", outcome, event.path("outcome").asText());
    if (outcome.equals("deny")) {
      told.add(number); // no response follows
    }
    JsonNode values = event.path("values");
    differs(number, "count of values", recorded.values().size(), values.size());
    for (int i = 0; i < Math.min(values.size(), recorded.values().size()); i++) {
      LoggedValue value = recorded.values().get(i);
      JsonNode logged = values.path(i);
      differs(number, "value " + (i + 1), content(value), content(logged));
      differs(number, "hash of value " + (i + 1), value.sha256(), optional(logged.path("sha256")));
    }
  }

  private static String content(LoggedValue value) {
    return value.form() + ":" + value.content();
  }

  private static String content(JsonNode logged) {
    if (logged.has("binary")) {
      return LoggedValue.Form.BINARY + ":" + logged.path("binary").asText();
    }
    String text = optional(logged.path("text"));
    return text == null ? LoggedValue.Form.NULL + ":" : LoggedValue.Form.TEXT + ":" + text;
  }

  private void compareResponse(int number, JsonNode event) {
    Recorded.Completed end = ends.get(number);
    if (end == null) {
      doubt(number, "the response is not in the recording");
      return;
    }
    JsonNode recordedDigest = event.path("recordedDigest");
    boolean isCut = cuts.contains(number);
    JsonNode digest = recordedDigest.isMissingNode() ? event.path("digest") : recordedDigest;
    differs(number, "response", end.digest(), digest.asText());
    differs(number, "command tag", end.commandTag(), event.path("commandTag").asText());
    differs(number, "count of rows", end.rows(), event.path("rows").asLong());
    differs(number, "mark of a cut", isCut, !recordedDigest.isMissingNode());
    told.add(number);
  }

  private void differs(int number, String what, @Nullable Object recorded, @Nullable Object told) {
    if (!Objects.equals(recorded, told)) {
      doubt(number, "the " + what + " is not what the audit log tells");
    }
  }

  private void doubt(int number, String problem) {
    doubtful.add(number);
    problems.add((number == 0 ? "the session: " : "statement " + number + ": ") + problem);
  }

  private void findUntold() {
    for (int number : statements.keySet()) {
      if (!decided.contains(number)) {
        doubt(number, "the audit log tells nothing of it");
      }
    }
    if (session.isEmpty()) {
      problems.add("the recording does not tell its session");
    }
  }

  private static @Nullable String optional(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
