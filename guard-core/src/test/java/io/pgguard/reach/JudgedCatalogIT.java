package io.pgguard.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Compares a server's own catalog with what somebody has looked at. What is only here fails the
 * test until it was judged (decision 15); {@code -Dguard.judged.write=FILE} writes it down.
 */
class JudgedCatalogIT {
  private static final String FUNCTIONS =
      """
      SELECT CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE n.nspname || '.' END || p.proname || '('
             || coalesce((SELECT string_agg(format_type(a.type, NULL), ', ' ORDER BY a.position)
                            FROM unnest(p.proargtypes) WITH ORDINALITY AS a(type, position)), '')
             || ') ' || p.prokind::text || p.provolatile::text
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE p.oid < 16384 AND n.nspname IN ('pg_catalog', 'information_schema')
      """;

  private static final String COLUMNS =
      """
      SELECT c.relname || ' ' || a.attname
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.oid < 16384 AND n.nspname IN ('pg_catalog', 'information_schema')
         AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private static final List<String> REST =
      List.of(
          "SELECT 'keyword ' || word || ' ' || catcode::text FROM pg_get_keywords()",
          """
          SELECT 'operator ' || oprname || ' ('
                 || CASE oprleft WHEN 0 THEN '-' ELSE format_type(oprleft, NULL) END || ', '
                 || format_type(oprright, NULL) || ') ' || oprcode::oid::regproc
            FROM pg_operator WHERE oid < 16384
          """,
          """
          SELECT 'cast ' || format_type(castsource, NULL) || ' to ' || format_type(casttarget, NULL)
                 || ' ' || castcontext::text || castmethod::text
            FROM pg_cast WHERE oid < 16384
          """,
          "SELECT 'setting ' || name || ' ' || context FROM pg_settings WHERE name NOT LIKE '%.%'",
          """
          SELECT 'type ' || format_type(oid, NULL) || ' ' || typtype::text
            FROM pg_type
           WHERE oid < 16384 AND typnamespace = 'pg_catalog'::regnamespace AND typrelid = 0
             AND typelem = 0
          """);

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TestPostgres.shared().connect("template1");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static Set<String> asked(String sql) throws SQLException {
    Set<String> lines = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private static Set<String> rest() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            JudgedCatalogIT.class.getResourceAsStream("judged-rest.txt"), "judged-rest.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toSet());
    }
  }

  /** Fails, and writes down what is new where that is asked for. */
  private static void assertNone(List<String> found) throws IOException {
    String file = System.getProperty("guard.judged.write");
    if (file != null) {
      Files.write(Path.of(file), found, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    assertEquals(List.of(), found, "of the server's catalog nobody has judged these");
  }

  @Test
  void functions_wereAllJudged() throws Exception {
    Set<String> judged = Set.copyOf(DataFile.lines("judged-functions.txt"));
    assertNone(asked(FUNCTIONS).stream().filter(line -> !judged.contains(line)).toList());
  }

  @Test
  void columns_wereAllJudged() throws Exception {
    assertNone(
        asked(COLUMNS).stream()
            .filter(
                line -> {
                  String[] parts = line.split(" ", -1);
                  return !JudgedCatalog.hasColumn(parts[0], parts[1]);
                })
            .toList());
  }

  @Test
  void keywordsOperatorsCastsSettingsAndTypes_wereAllJudged() throws Exception {
    Set<String> judged = rest();
    List<String> found = new ArrayList<>();
    for (String question : REST) {
      asked(question).stream().filter(line -> !judged.contains(line)).forEach(found::add);
    }
    assertNone(found);
  }

  @Test
  void parametersThatAreReported_wereAllJudged() throws Exception {
    Set<String> judged = rest();
    assertNone(
        connection.unwrap(PGConnection.class).getParameterStatuses().keySet().stream()
            .map(name -> "report " + name)
            .filter(line -> !judged.contains(line))
            .sorted()
            .toList());
  }
}
