package io.pgguard.corpus.worlds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The constants that break things, by type. Immutable. */
final class Constants {
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
  Constants missing(WorldDatabases worlds, WorldSchema schema) throws SQLException {
    Constants missing = new Constants();
    for (World world : World.values()) {
      try (Connection connection = worlds.direct(world)) {
        for (ValueKind kind : schema.columns()) {
          missing.remove(connection, kind);
        }
      }
    }
    return missing;
  }

  /** Of constants, in order, those that equal a protected value; texts whatever their case. */
  private static final String HITS =
      """
      SELECT n FROM (VALUES %s) c(n, v)
      WHERE EXISTS (SELECT FROM vault WHERE lower(p_%s::text) = lower(trim(v)))
        OR EXISTS (SELECT FROM uniq WHERE lower(code) = lower(trim(v)))""";

  private void remove(Connection connection, ValueKind kind) throws SQLException {
    if (kind.guessable()) {
      return;
    }
    for (String type : List.of(kind.type(), kind.longType())) {
      List<String> all = of(type);
      if (!all.isEmpty()) {
        byType.put(type, missing(connection, kind, all));
      }
    }
  }

  private static List<String> missing(Connection connection, ValueKind kind, List<String> all)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String literal = ValueKind.quoted(all.get(i)) + "::" + kind.longType();
      rows.add("(" + i + ", (" + literal + ")::text)");
    }
    List<String> missing = new ArrayList<>();
    Set<Integer> hit = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row =
          statement.executeQuery(HITS.formatted(String.join(", ", rows), kind.name()))) {
        while (row.next()) {
          hit.add(row.getInt(1));
        }
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (!hit.contains(i)) {
        missing.add(all.get(i));
      }
    }
    return missing;
  }
}
