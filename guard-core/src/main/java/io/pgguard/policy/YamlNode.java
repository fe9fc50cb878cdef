package io.pgguard.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML document that knows its place. */
sealed interface YamlNode {

  /** Where the value stands. */
  Place place();

  /** What it is, for messages. */
  String shape();

  /**
   * A place in the document.
   *
   * @param path keys and indexes from the root
   * @param line from 1
   * @param column from 1
   */
  record Place(String path, int line, int column) {
    Place at(String deeper) {
      return new Place(path.isEmpty() ? deeper : path + "." + deeper, line, column);
    }
  }

  /** A word, a number, a truth value or nothing. */
  record Scalar(Place place, Type type, String text) implements YamlNode {
    enum Type {
      TEXT,
      INTEGER,
      NUMBER,
      BOOLEAN,
      NULL
    }

    @Override
    public String shape() {
      return switch (type) {
        case TEXT -> "the text `" + text + "`";
        case INTEGER, NUMBER -> "the number " + text;
        case BOOLEAN -> text;
        case NULL -> "nothing";
      };
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    @Override
    public String shape() {
      return "a list";
    }
  }

  /** Keys with values, in the document's order. */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    @Override
    public String shape() {
      return "a map";
    }
  }

  /** One key with its value. */
  record Entry(Place key, YamlNode value) {}
}
