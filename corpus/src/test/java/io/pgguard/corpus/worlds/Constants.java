package io.pgguard.corpus.worlds;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The constants that break things, by type. Immutable. */
final class Constants {
  /** What has so few values that it is the same in all worlds where guesses may hit. */
  private static final Set<String> GUESSABLE = Set.of("boolean", "mood", "\"char\"");

  private final Map<String, List<String>> byType = new HashMap<>();

  Constants() {
    for (String[] line : Resource.lines("constants.tsv")) {
      byType.put(line[0], List.of(line[1].split(" ; ", -1)));
    }
  }

  boolean has(String type) {
    return byType.containsKey(type);
  }

  List<String> of(String type) {
    return byType.getOrDefault(type, List.of());
  }

  /**
   * Without those that equal a protected value somewhere: under {@code inference: equality} one
   * guess that hits may be seen, so none may hit.
   */
  Constants missing(WorldDatabases worlds, ServerCatalog catalog) throws SQLException {
    Set<String> hidden = new HashSet<>();
    for (World world : World.values()) {
      try (Connection connection = worlds.direct(world)) {
        for (Relation relation : catalog.relations().values()) {
          for (Relation.Column column : relation.columns()) {
            if (column.secret() && !GUESSABLE.contains(column.type())) {
              texts(connection, "SELECT " + column.name() + "::text FROM " + relation.name())
                  .forEach(value -> hidden.add(same(value)));
            }
          }
        }
      }
    }
    Constants missing = new Constants();
    try (Connection connection = worlds.direct(World.BASE)) {
      for (Map.Entry<String, List<String>> type : byType.entrySet()) {
        List<String> shown = shown(connection, type.getKey(), type.getValue());
        List<String> left = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
          String value = type.getValue().get(i);
          if (!hidden.contains(same(value))
              && !hidden.contains(same(shown.get(i)))
              && !holds(value, hidden)) {
            left.add(value);
          }
        }
        missing.byType.put(type.getKey(), left);
      }
    }
    return missing;
  }

  /** Whether an array has an element that is one of them. */
  private static boolean holds(String value, Set<String> hidden) {
    for (String element : value.startsWith("{") ? value.split("[{},]", -1) : new String[0]) {
      if (!element.isEmpty() && hidden.contains(same(element))) {
        return true;
      }
    }
    return false;
  }

  /** How the server writes constants of a type; as they stand where it has no such type. */
  private static List<String> shown(Connection connection, String type, List<String> values)
      throws SQLException {
    String written = type.equals("character") ? "bpchar" : type.equals("bit") ? "bit(8)" : type;
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add("(" + i + ", (" + ValueKind.quoted(values.get(i)) + "::" + written + ")::text)");
    }
    return texts(
        connection, "SELECT v FROM (VALUES " + String.join(", ", rows) + ") c(n, v) ORDER BY n");
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          String text = row.getString(1);
          texts.add(text == null ? "" : text);
        }
      }
    }
    return texts;
  }

  /** The same for texts that some comparison could take for equal: case, zeros, midnight. */
  private static String same(String value) {
    String plain =
        value
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("^(-?)\\$", "$1")
            .replaceAll("\\+00$", "")
            .replaceAll(" 00:00:00$", "");
    return plain.matches("[-+]?[\\d,]*\\.?\\d+(e[-+]?\\d{1,3})?")
        ? new BigDecimal(plain.replace(",", "")).stripTrailingZeros().toPlainString()
        : plain;
  }
}
