package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Runs the texts of one line through an edge, in one mode. One thread at a time. */
final class LineRun {
  private final Edge edge;
  private final Mode mode;
  private final boolean allGetters;
  private final long patienceMillis;

  LineRun(Edge edge, Mode mode, boolean allGetters, long patienceMillis) {
    this.edge = edge;
    this.mode = mode;
    this.allGetters = allGetters;
    this.patienceMillis = patienceMillis;
  }

  AgentSession open(CorpusLine line, Mode transfer, boolean startup) throws SQLException {
    Properties properties = new Properties();
    transfer.properties().forEach(properties::setProperty);
    if (startup) {
      StringBuilder options = new StringBuilder();
      line.startup()
          .forEach(
              (name, value) ->
                  options.append(name.equals("options") ? value : " -c " + name + "=" + value));
      if (options.length() > 0) {
        properties.setProperty("options", options.toString().strip());
      }
    }
    return new AgentSession(
        edge.open(line.superuser(), properties), transfer, allGetters, patienceMillis);
  }

  /** The answers to the line's texts, in order. A connection that is refused is one answer. */
  List<Answer> run(CorpusLine line) {
    List<Answer> answers = new ArrayList<>();
    try (AgentSession session = open(line, mode, true)) {
      for (String sql : line.sql()) {
        if (!session.usable()) {
          break;
        }
        answers.addAll(session.run(sql, true));
      }
    } catch (SQLException e) {
      answers.add(Answer.failed(e));
    }
    return answers;
  }

  /** Whether JDBC has words for each of a line's wire operations. */
  static boolean expressible(CorpusLine line) {
    JsonNode script = line.field("wire");
    if (script == null) {
      return !line.startup().containsKey("replication")
          && !line.startup().containsKey("client_encoding");
    }
    if (!line.startup().isEmpty()) {
      return false;
    }
    for (JsonNode operation : script) {
      String word = operation.path("op").asText();
      boolean plain = word.equals("simple") || word.equals("extended") || word.equals("sleep");
      boolean copy = operation.path("sql").asText().startsWith("COPY");
      if (!plain || copy && word.equals("extended")) {
        return false;
      }
    }
    return true;
  }

  /** The answers to a line's wire operations, as far as JDBC has words for them. */
  List<Answer> script(CorpusLine line) {
    List<Answer> answers = new ArrayList<>();
    Map<String, AgentSession> sessions = new HashMap<>();
    JsonNode script = line.node().path("wire");
    boolean binary = script.findValues("rf").stream().anyMatch(format -> format.asInt() == 1);
    try {
      for (JsonNode operation : script) {
        String key = operation.path("conn").asText("1");
        AgentSession session = sessions.get(key);
        if (session == null) {
          session = open(line, binary ? Mode.BINARY : mode, false);
          sessions.put(key, session);
        }
        answers.addAll(operation(session, operation));
      }
    } catch (SQLException e) {
      answers.add(Answer.failed(e));
    } finally {
      sessions.values().forEach(AgentSession::close);
    }
    return answers;
  }

  private static List<Answer> operation(AgentSession session, JsonNode operation) {
    String sql = operation.path("sql").asText();
    List<String> values = new ArrayList<>();
    operation.path("params").forEach(value -> values.add(value.asText()));
    return switch (operation.path("op").asText()) {
      case "simple" -> session.statement(sql);
      case "extended" -> session.prepared(sql, values, true);
      default -> List.of(); // a pause: JDBC's next statement reads what has come
    };
  }
}
