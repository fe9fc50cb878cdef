package io.pgguard.corpus.totals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of each type that break things, and the tables of a server that hold them: one table a
 * type, {@code totals.x_<type>}, with one column {@code v} and a NULL among its rows. Used by one
 * thread.
 */
final class Extremes {
  private final Map<String, List<String>> values;

  private Extremes(Map<String, List<String>> values) {
    this.values = values;
  }

  static Extremes read() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : lines("extremes.txt")) {
      List<String> parts = List.of(line.split("\\|", -1));
      List<String> decoded = new ArrayList<>();
      parts.subList(1, parts.size()).forEach(part -> decoded.add(decode(part)));
      values.put(parts.get(0), decoded);
    }
    return new Extremes(values);
  }

  /** The lines of a file beside this class that are neither empty nor a comment. */
  static List<String> lines(String name) {
    try (InputStream in = Extremes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(String part) {
    return switch (part) {
      case "\\e" -> "";
      case "\\1K" -> "x".repeat(1_000);
      case "\\1M" -> "y".repeat(1_000_000);
      default -> part.replace("\\n", "\n").replace("\\\\", "\\");
    };
  }

  /** How many values a type has, its NULL counted; 0 for a type that is not known. */
  int count(String type) {
    List<String> known = values.get(type);
    return known == null ? 0 : known.size() + 1;
  }

  /** Makes the tables; a value that the server's version does not take is left out. */
  void load(Connection server) throws SQLException {
    server.setAutoCommit(true);
    try (Statement statement = server.createStatement()) {
      statement.execute("CREATE SCHEMA totals");
      for (Map.Entry<String, List<String>> entry : values.entrySet()) {
        String type = entry.getKey();
        String sql = type.startsWith("reg") ? type : "pg_catalog.\"" + type + "\"";
        statement.execute("CREATE TABLE totals.\"x_" + type + "\" (n serial, v " + sql + ")");
        for (String value : entry.getValue()) {
          insert(server, type, sql, value);
        }
        statement.execute("INSERT INTO totals.\"x_" + type + "\" (v) VALUES (NULL)");
      }
      statement.execute("CREATE TYPE totals.mood AS ENUM ('sad', 'ok', 'happy')");
      statement.execute("CREATE TABLE totals.x_mood (n serial, v totals.mood)");
      statement.execute("INSERT INTO totals.x_mood (v) VALUES ('sad'), ('happy'), (NULL)");
    }
  }

  private static void insert(Connection server, String type, String sql, String value)
      throws SQLException {
    try (PreparedStatement insert =
        server.prepareStatement(
            "INSERT INTO totals.\"x_"
                + type
                + "\" (v) VALUES (CAST(CAST(? AS text) AS "
                + sql
                + "))")) {
      insert.setString(1, value);
      insert.execute();
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().matches("(22|42601).*")) {
        throw new SQLException(type + " '" + value + "': " + e.getMessage(), e.getSQLState(), e);
      }
      System.out.println("Extremes: this server takes no " + type + " '" + value + "'");
    }
  }
}
