package io.pgguard.corpus.worlds;

import java.util.List;
import java.util.Set;

/** A relation of the worlds. */
record Relation(String name, char kind, List<Column> columns) {
  Relation {
    columns = List.copyOf(columns);
  }

  /** A column, its type's name, and whether the policy protects it. */
  record Column(String name, String type, boolean secret) {}

  private static final Set<String> SECRET =
      Set.of(
          "ssn",
          "email",
          "phone",
          "token",
          "salary",
          "bonus",
          "born",
          "secret",
          "code",
          "amount",
          "during",
          "number",
          "twice",
          "reading",
          "level",
          "late_secret",
          "k",
          "p",
          "ps",
          "at");

  /** Whether columns of a name are protected somewhere. */
  static boolean secret(String column) {
    return column.startsWith("p_") || SECRET.contains(column);
  }

  /** Whether the policy protects a column. */
  static boolean secret(String relation, String column) {
    return switch (column) {
      case "at" -> relation.equals("measured");
      case "k" -> !relation.equals("plain");
      default -> secret(column);
    };
  }

  boolean secret() {
    return columns.stream().anyMatch(Column::secret);
  }

  boolean writable() {
    return kind == 'r' || kind == 'p';
  }
}
