package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a corpus file, as its README describes the fields. Immutable.
 *
 * @param id the line's name
 * @param node its JSON, which is not changed after reading
 */
public record CorpusLine(String id, JsonNode node) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every line of a file. */
  public static List<CorpusLine> read(Path file) throws IOException {
    List<CorpusLine> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      if (!text.isBlank()) {
        JsonNode node = JSON.readTree(text);
        lines.add(new CorpusLine(node.path("id").asText(), node));
      }
    }
    return lines;
  }

  /** The texts that are run in order in one session. */
  public List<String> sql() {
    JsonNode sql = node.path("sql");
    return sql.isTextual() ? List.of(sql.asText()) : texts("sql");
  }

  public String category() {
    return text("category", "");
  }

  /** Whether the line may be sent as the given kind of protocol: simple or extended. */
  public boolean allows(String protocol) {
    String own = text("protocol", "any");
    return own.equals("any") || own.equals(protocol);
  }

  public boolean superuser() {
    return text("role", "owner").equals("superuser");
  }

  /** Whether the database must be made anew after the line. Unknown means yes. */
  public boolean mutates() {
    return node.path("mutates").asBoolean(true);
  }

  /** Whether the line touches the whole server. */
  public boolean global() {
    return node.path("global").asBoolean(false);
  }

  public boolean is(String flag) {
    return node.path(flag).asBoolean(false);
  }

  public String text(String field, String otherwise) {
    return node.path(field).asText(otherwise);
  }

  /** A field, or null where the line has none. */
  public @Nullable JsonNode field(String name) {
    return node.get(name);
  }

  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** What the line wants in the startup packet. */
  public Map<String, String> startup() {
    Map<String, String> startup = new LinkedHashMap<>();
    JsonNode fields = node.path("startup");
    fields.fieldNames().forEachRemaining(name -> startup.put(name, fields.path(name).asText()));
    return startup;
  }
}
