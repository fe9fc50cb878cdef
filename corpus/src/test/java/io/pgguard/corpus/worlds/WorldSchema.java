package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The texts that make the worlds' schema, data and policy. Immutable. */
final class WorldSchema {
  /** Of each column of {@code vault}, which value stands in which row; -1 for NULL. */
  private static final int[] ROWS = {0, 1, 2, 3, -1, 0, 3};

  private static final Pattern PLACE = Pattern.compile("@\\{(\\w+):(\\d)}");

  private final Map<String, ValueKind> kinds = new LinkedHashMap<>();

  private final boolean guesses;

  /**
   * @param inference the policy's setting
   */
  WorldSchema(String inference) {
    this.guesses = inference.startsWith("equality");
    boolean columns = true;
    for (String line : Resource.text("values.tsv").split("\n", -1)) {
      columns &= !line.startsWith("# Not columns");
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      kinds.put(
          parts[0],
          new ValueKind(
              parts[0], parts[1], values(parts[2]), values(parts[3]), values(parts[4]), columns));
    }
  }

  private static List<String> values(String text) {
    return List.of(text.split(" ; ", -1));
  }

  /** The kinds of value, by name, in the order of the file. */
  Map<String, ValueKind> kinds() {
    return kinds;
  }

  List<ValueKind> columns() {
    return kinds.values().stream().filter(ValueKind::column).toList();
  }

  static String types() {
    return """
        CREATE TYPE mood AS ENUM ('sad', 'calm', 'glad');
        CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]{2}[0-9]{2}$');
        CREATE TYPE pair AS (n int, t text);
        """;
  }

  String tables() {
    List<String> columns = new ArrayList<>();
    columns.add("id int PRIMARY KEY");
    columns.add("name text");
    for (ValueKind kind : columns()) {
      columns.add("p_" + kind.name() + " " + kind.type());
      columns.add("u_" + kind.name() + " " + kind.type());
    }
    return "CREATE TABLE vault ("
        + String.join(", ", columns)
        + ");\n"
        + Resource.text("schema.sql");
  }

  /** The data of a world. */
  String data(World world) {
    StringBuilder sql = new StringBuilder();
    for (int row = 0; row < ROWS.length; row++) {
      List<String> values = new ArrayList<>();
      values.add(Integer.toString(row + 1));
      values.add(ValueKind.quoted("n" + row));
      for (ValueKind kind : columns()) {
        values.add(value(kind, world, ROWS[row]));
        values.add(value(kind, World.BASE, (row + 1) % 4));
      }
      sql.append("INSERT INTO vault VALUES (").append(String.join(", ", values)).append(");\n");
    }
    return sql
        + PLACE
            .matcher(Resource.text("data.sql"))
            .replaceAll(
                m -> {
                  ValueKind kind = kind(m.group(1));
                  String value = kind.value(world, Integer.parseInt(m.group(2)), guesses);
                  return java.util.regex.Matcher.quoteReplacement(kind.literal(value));
                });
  }

  private ValueKind kind(String name) {
    ValueKind kind = kinds.get(name);
    if (kind == null) {
      throw new IllegalStateException("values.tsv has no " + name);
    }
    return kind;
  }

  private String value(ValueKind kind, World world, int position) {
    return position < 0 ? "NULL" : kind.literal(kind.value(world, position, guesses));
  }

  /** The policy; the budget of guesses is more than a run makes. */
  static String policy(String inference) {
    String setting =
        inference.equals("equality") ? "{ equality: { atMost: 1000000, per: 1s } }" : inference;
    return Resource.text("policy.yaml").replace("@{inference}", setting);
  }
}
