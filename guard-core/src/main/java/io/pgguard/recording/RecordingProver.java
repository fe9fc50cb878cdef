package io.pgguard.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgguard.audit.LogReader;
import io.pgguard.audit.LoggedValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a recording with what the audit log tells of its session. Not thread-safe. */
final class RecordingProver {
  private final Map<Integer, Recorded.Statement> statements = new HashMap<>();
  private final Map<Integer, Recorded.Completed> ends = new HashMap<>();
  private final Map<Integer, Boolean> cuts = new HashMap<>();
  private final Map<Integer, JsonNode> decided = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private String session = "";
  private long proved;
  private long cut;

  static RecordingProof prove(Path recording, Path auditDirectory) throws IOException {
    RecordingProver prover = new RecordingProver();
    Recording.stream(recording, prover::take);
    LogReader.read(auditDirectory, entry -> prover.compare(entry.event()));
    prover.findUntold();
    return new RecordingProof(prover.decided.size(), prover.proved, prover.cut, prover.problems);
  }

  private void take(Recorded piece) {
    if (piece instanceof Recorded.Opened p) {
      session = p.session();
    } else if (piece instanceof Recorded.Statement p) {
      if (statements.put(p.statement(), p) != null) {
        problems.add("statement " + p.statement() + " is recorded twice");
      }
    } else if (piece instanceof Recorded.Completed p) {
      ends.put(p.statement(), p);
    } else if (piece instanceof Recorded.Cut p) {
      cuts.put(p.statement(), true);
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
        decided.put(number, event);
        compareDecision(number, event);
      }
      case "StatementCompleted", "StatementFailed" -> compareResponse(number, event);
      default -> {} // nothing of it is in a recording
    }
  }

  private void compareDecision(int number, JsonNode event) {
    Recorded.Statement recorded = statements.get(number);
    if (recorded == null) {
      problems.add("statement " + number + " is not in the recording");
      return;
    }
    differs(number, "text", recorded.text(), event.path("text").asText());
    differs(number, "intent", recorded.intent(), optional(event.path("intent")));
    String outcome = recorded.outcome().name().toLowerCase(Locale.ROOT);
    differs(number, "decision", outcome, event.path("outcome").asText());
    JsonNode values = event.path("values");
    differs(number, "count of values", recorded.values().size(), values.size());
    for (int i = 0; i < Math.min(values.size(), recorded.values().size()); i++) {
      LoggedValue value = recorded.values().get(i);
      JsonNode told = values.path(i);
      differs(number, "value " + (i + 1), content(value), content(told));
      differs(number, "hash of value " + (i + 1), value.sha256(), optional(told.path("sha256")));
    }
  }

  private static String content(LoggedValue value) {
    return value.form() + ":" + value.content();
  }

  private static String content(JsonNode told) {
    if (told.has("binary")) {
      return LoggedValue.Form.BINARY + ":" + told.path("binary").asText();
    }
    String text = optional(told.path("text"));
    return text == null ? LoggedValue.Form.NULL + ":" : LoggedValue.Form.TEXT + ":" + text;
  }

  private void compareResponse(int number, JsonNode event) {
    Recorded.Completed end = ends.get(number);
    if (end == null) {
      problems.add("the response to statement " + number + " is not in the recording");
      return;
    }
    JsonNode recordedDigest = event.path("recordedDigest");
    boolean isCut = cuts.containsKey(number);
    JsonNode digest = recordedDigest.isMissingNode() ? event.path("digest") : recordedDigest;
    boolean same =
        !differs(number, "response", end.digest(), digest.asText())
            & !differs(number, "command tag", end.commandTag(), event.path("commandTag").asText())
            & !differs(number, "count of rows", end.rows(), event.path("rows").asLong())
            & !differs(number, "mark of a cut", isCut, !recordedDigest.isMissingNode());
    if (same && statements.containsKey(number)) {
      proved++;
      cut += isCut ? 1 : 0;
    }
  }

  private boolean differs(
      int number, String what, @Nullable Object recorded, @Nullable Object told) {
    boolean differs = !Objects.equals(recorded, told);
    if (differs) {
      problems.add("statement " + number + ": the " + what + " is not what the audit log tells");
    }
    return differs;
  }

  private void findUntold() {
    for (int number : statements.keySet()) {
      if (!decided.containsKey(number)) {
        problems.add("the audit log tells nothing of statement " + number);
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
