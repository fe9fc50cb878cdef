package io.pgguard.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.pgguard.policy.YamlNode.Entry;
import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Place;
import io.pgguard.policy.YamlNode.Scalar;
import io.pgguard.policy.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document into nodes that know their places. Anchors, aliases and tags are refused:
 * a policy says what it means where it means it.
 */
final class YamlTree {
  private static final int DEEPEST = 32;
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final YAMLParser parser;
  private final Errors errors;

  private YamlTree(YAMLParser parser, Errors errors) {
    this.parser = parser;
    this.errors = errors;
  }

  /** The document's root, or null where it has none or is not YAML; the errors tell which. */
  static @Nullable YamlNode read(String text, Errors errors) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      YamlTree tree = new YamlTree(parser, errors);
      if (parser.nextToken() == null) {
        errors.add(new Place("", 1, 1), "the file is empty", "begin with `version: 1`");
        return null;
      }
      YamlNode root = tree.node("", 0);
      if (parser.nextToken() != null) {
        errors.add(
            tree.place(""), "the file holds more than one document", "keep one policy a file");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Place place =
          at == null ? new Place("", 1, 1) : new Place("", at.getLineNr(), at.getColumnNr());
      errors.add(place, "this is not YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      errors.add(
          new Place("", 1, 1), "this is not YAML: " + firstLine(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private static String firstLine(String message) {
    return message.lines().limit(2).reduce((a, b) -> a + ": " + b.strip()).orElse(message);
  }

  private Place place(String path) {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(path, at.getLineNr(), at.getColumnNr());
  }

  private YamlNode node(String path, int depth) throws IOException {
    Place place = place(path);
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      errors.add(place, "anchors and aliases are not supported", "write the value out");
    }
    if (parser.getTypeId() != null) {
      errors.add(place, "tags are not supported", "leave `!...` out");
    }
    if (depth > DEEPEST) {
      throw new IOException("values are nested deeper than " + DEEPEST + " levels");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> sequence(place, depth);
      case VALUE_NUMBER_INT -> scalar(place, Scalar.Type.INTEGER);
      case VALUE_NUMBER_FLOAT -> scalar(place, Scalar.Type.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> scalar(place, truth(parser.getText()));
      case VALUE_NULL -> scalar(place, Scalar.Type.NULL);
      default -> scalar(place, Scalar.Type.TEXT);
    };
  }

  /**
   * The parser follows YAML 1.1, where {@code off} and {@code no} are false; here they are words.
   */
  private static Scalar.Type truth(String text) {
    return text.equals("true") || text.equals("false") ? Scalar.Type.BOOLEAN : Scalar.Type.TEXT;
  }

  private Scalar scalar(Place place, Scalar.Type type) throws IOException {
    String text = parser.getText();
    return new Scalar(place, type, text == null ? "" : text);
  }

  private Sequence sequence(Place place, int depth) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place.path() + "[" + items.size() + "]", depth + 1));
    }
    return new Sequence(place, List.copyOf(items));
  }

  private Mapping mapping(Place place, int depth) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = place(place.path());
      if (parser.getObjectId() != null || parser.isCurrentAlias()) {
        errors.add(keyPlace, "anchors and aliases are not supported", "write the value out");
      }
      parser.nextToken();
      Entry entry = new Entry(keyPlace, node(place.at(key).path(), depth + 1));
      Entry before = entries.putIfAbsent(key, entry);
      if (before != null) {
        errors.add(
            keyPlace,
            "key `" + key + "` is given twice",
            "the first is in line " + before.key().line());
      }
    }
    return new Mapping(place, entries);
  }
}
