package io.pgguard.internal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pgguard.GuardConfigException;
import io.pgguard.policy.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that a configuration may have; one that it may not have is told with its place. */
final class ConfigKeys {
  private static final List<String> SECRET = List.of("env", "file", "value");

  /** The keys of each mapping, by its own key's path. */
  static final Map<String, List<String>> KNOWN =
      Map.of(
          "", List.of("database", "policy", "audit", "recording", "approval", "masking", "catalog"),
          "database", List.of("user", "password", "tls", "tlsCa"),
          "database.password", SECRET,
          "audit", List.of("directory", "durability"),
          "recording", List.of("directory", "maxRows", "maxBytes"),
          "approval", List.of("wait"),
          "masking", List.of("hashKey"),
          "masking.hashKey", SECRET,
          "catalog", List.of("refresh"));

  private ConfigKeys() {}

  /**
   * Whether the text holds anything.
   *
   * @throws GuardConfigException for a key that is not known
   * @throws JsonProcessingException when it is no YAML
   */
  static boolean check(YAMLMapper mapper, String text, Path file) throws JsonProcessingException {
    try (JsonParser parser = mapper.createParser(text)) {
      Deque<String> paths = new ArrayDeque<>();
      String path = "";
      boolean any = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        any |= token != JsonToken.VALUE_NULL;
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
          paths.push(path);
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
          paths.pop();
        } else if (token == JsonToken.FIELD_NAME) {
          String parent = String.valueOf(paths.peek());
          String name = parser.currentName();
          known(parent, name, parser.currentTokenLocation(), file);
          path = parent.isEmpty() ? name : parent + "." + name;
        }
      }
      return any;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text in memory", e);
    }
  }

  private static void known(String parent, String name, JsonLocation at, Path file) {
    List<String> keys = KNOWN.get(parent);
    if (keys == null || keys.contains(name)) {
      return; // what stands in the place of a plain value is told when the value is read
    }
    @Nullable String advice = Suggestion.of(name, keys);
    throw new GuardConfigException(
        file
            + ":"
            + at.getLineNr()
            + ":"
            + at.getColumnNr()
            + ": unknown key "
            + (parent.isEmpty() ? name : parent + "." + name)
            + (advice == null ? "" : "; " + advice));
  }
}
