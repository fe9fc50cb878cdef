package io.pgguard.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the audit log as anybody can: JSON lines. */
final class DecisionLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  DecisionLog(Path directory) {
    this.directory = directory;
  }

  /** The last decision on a text that contains these words. */
  Decided last(String words) throws IOException {
    Decided found = new Decided("nothing logged", List.of());
    for (JsonNode event : events()) {
      if (event.path("type").asText().equals("StatementDecided")
          && event.path("text").asText().contains(words)) {
        found = Decided.of(event);
      }
    }
    return found;
  }

  /**
   * The intent of the last decision on a text that contains these words; empty where none was
   * stated.
   */
  String intent(String words) throws IOException {
    String found = "";
    for (JsonNode event : events()) {
      if (event.path("text").asText().contains(words)) {
        found = event.path("intent").asText("");
      }
    }
    return found;
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line).path("event");
          if (!event.isMissingNode()) {
            events.add(event);
          }
        }
      }
    }
    return events;
  }

  /**
   * A decision as the log tells it.
   *
   * @param outcome ALLOW, APPROVE or DENY
   * @param rules the rules that spoke for that outcome
   */
  record Decided(String outcome, List<String> rules) {
    static Decided of(JsonNode event) {
      String outcome = event.path("outcome").asText();
      List<String> rules = new ArrayList<>();
      for (JsonNode verdict : event.path("verdicts")) {
        if (verdict.path("outcome").asText().equalsIgnoreCase(outcome)) {
          rules.add(verdict.path("rule").asText());
        }
      }
      return new Decided(outcome, rules);
    }

    @Override
    public String toString() {
      return outcome + " by " + String.join(", ", rules);
    }
  }
}
